"""Logs a person in."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from tortoise.exceptions import IntegrityError

from accounts import audit
from accounts.addresses import MalformedAddressError, canonical
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.hashing.admission import Busy
from accounts.limits.rules import Hit, RateLimited
from accounts.login.sessions import open_session
from accounts.passwords import normalised
from accounts.problems import InvalidEmail, InvalidInput
from accounts.tenants import product_of
from models import User
from models.sql.select import user_in, user_where


@dataclass(frozen=True)
class LoggedIn:
    user: User
    access_token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class InvalidCredentials:
    """An unknown address or a wrong password; which of them is not told."""


@dataclass(frozen=True)
class EmailNotVerified:
    """The right password of an account that waits for its verification."""


LoginOutcome: TypeAlias = (
    LoggedIn | InvalidInput | InvalidCredentials | EmailNotVerified | RateLimited
)


async def log_in(*, email: str, password: str, client: str, env: Environment) -> LoginOutcome:
    """A new session for the right password of a verified account.

    One password hash is verified in every case, so an unknown address takes as long as a known one:
    as one whose hash is of a kind that is in use, and always of the same (accounts.hashing.decoys).
    A failure is recorded by one statement, for every address alike.
    """
    env.hasher.admit()
    try:
        address = canonical(email)
    except MalformedAddressError as error:
        return InvalidInput((InvalidEmail(str(error)),))
    pair = env.keys.address_hash(f"{address} {client}")
    users = await env.rate_limiter.hit_and_find(
        Hit("login_client", client),
        Hit("login_address_and_client", pair),
        query=user_where("users.email = {0}", address),
    )
    if isinstance(users, RateLimited):
        return users
    user = user_in(users[0]) if users else None
    typed = normalised(password)
    stranger = env.keys.address_hash(f"decoy {address}")
    known = user.password_hash if user else None
    if not await env.hasher.verify(typed, known, raw=password, stranger=stranger) or user is None:
        await audit.record(_event(Action.LOGIN_FAILED, address, env=env))
        return InvalidCredentials()
    if not user.is_verified:
        await audit.record(_event(Action.LOGIN_FAILED, address, detail="not verified yet", env=env))
        # Whoever has just tried to register the address would learn from it that it was free.
        conceals = product_of(user.tenant, env=env).policy.conceal_existing_accounts
        return InvalidCredentials() if conceals else EmailNotVerified()
    await _renew_hash(user, typed, env=env)
    try:
        token, expires_at = await open_session(user, env=env)
    except IntegrityError:
        return InvalidCredentials()  # the account has just been deleted
    return LoggedIn(user=user, access_token=token, expires_at=expires_at)


async def _renew_hash(user: User, password: str, *, env: Environment) -> None:
    """Brings an imported or older hash up to date, unless the password has just been changed."""
    if not env.hasher.is_outdated(user.password_hash):
        return
    with suppress(Busy):  # then it is brought up to date at another login
        renewed = await env.hasher.hash(password)
        await User.filter(id=user.id, password_hash=user.password_hash).update(
            password_hash=renewed
        )


def _event(action: Action, address: str, *, detail: str | None = None, env: Environment) -> Event:
    subject = Subject.address(address, keys=env.keys)
    return Event(action, subject, at=env.clock(), detail=detail)
