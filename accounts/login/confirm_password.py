"""Asks somebody who is logged in for their password, before a change of the account."""

from dataclasses import dataclass

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.login.log_in import login_hits
from accounts.passwords import normalised, password_hash_of
from accounts.policies.policy import LONGEST_PASSWORD
from accounts.problems import InvalidInput, PasswordRequired, PasswordTooLong, Problem
from models import User


@dataclass(frozen=True)
class WrongPassword:
    """The password is not the user's. It counts as a failed login."""


def problem_of_typed_password(
    typed: str, *, field: str = "password"
) -> PasswordRequired | PasswordTooLong | None:
    """Why no policy lets anybody have this password; None if a user may have it."""
    if not typed:
        return PasswordRequired(field=field)
    if len(normalised(typed)) > LONGEST_PASSWORD:
        return PasswordTooLong(LONGEST_PASSWORD, field=field)
    return None


def add_password_problem(problem: Problem, typed: str) -> InvalidInput:
    """The problem of another field, and after it that of the password, if it has one."""
    of_password = problem_of_typed_password(typed)
    return InvalidInput((problem,) if of_password is None else (problem, of_password))


async def confirm_password(
    typed: str,
    *,
    user: User,
    detail: str = "wrong password of a session",
    client: Client,
    env: Environment,
) -> InvalidInput | WrongPassword | RateLimited | None:
    """None if the password is the user's, or why it is refused. Raises Busy.

    It counts against the limits of logins, unless the text cannot be a password. `detail` is for
    the audit of a wrong one.

    The caller locks the user afterwards (models.sql.lock), as the password may change in between.
    """
    problem = problem_of_typed_password(typed)
    if problem is not None:
        return InvalidInput((problem,))
    limited = await env.rate_limiter.hit(*login_hits(user.email, client=client, env=env))
    if limited is not None:
        return limited
    if await env.hasher.verify(
        normalised(typed), password_hash_of(user), raw=typed, is_wanted=client.is_connected
    ):
        return None
    subject = Subject.address(user.email, env=env)
    await audit.record(Event(Action.LOGIN_FAILED, subject, at=env.clock(), detail=detail))
    return WrongPassword()
