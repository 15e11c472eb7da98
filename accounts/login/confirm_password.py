"""Asks somebody who is logged in for their password, before a change that a thief would make."""

from dataclasses import dataclass

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.passwords import hash_of, normalised
from models import User


@dataclass(frozen=True)
class WrongPassword:
    """The password is not the user's. It counts as a failed login."""


async def confirm_password(
    typed: str, *, user: User, client: Client, env: Environment
) -> WrongPassword | RateLimited | None:
    """Whether the password is not the user's; None if it is. Counts against the limits of logins.

    What depends on the answer then locks the user (models.sql.lock), as the password may change in
    between.
    """
    limited = await env.rate_limiter.hit(
        Hit("login_client", client.key, (user.email,)),
        Hit("login_address_and_client", env.keys.address_hash(f"{user.email} {client.key}")),
    )
    if limited is not None:
        return limited
    if await env.hasher.verify(
        normalised(typed), hash_of(user), raw=typed, is_wanted=client.is_connected
    ):
        return None
    subject = Subject.address(user.email, env=env)
    detail = "wrong password of a session"
    await audit.record(Event(Action.LOGIN_FAILED, subject, at=env.clock(), detail=detail))
    return WrongPassword()
