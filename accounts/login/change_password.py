"""Changes the password of somebody who is logged in and knows the old one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.hashing.jobs import Queue
from accounts.limits.rules import RateLimited
from accounts.login.confirm_password import (
    WrongPassword,
    confirm_password,
    problem_of_typed_password,
)
from accounts.new_password import (
    check_new_password,
    check_new_password_by_policy,
    hash_new_password,
)
from accounts.notices import queue_notice
from accounts.passwords import normalised
from accounts.problems import InvalidInput
from accounts.sessions.current import Current, Unauthenticated, required_session
from accounts.sessions.open import Opened, open_in_transaction
from models import MailTemplate, User
from models.sql import session
from models.sql.database import transaction
from models.sql.lock import lock_user
from models.sql.password import set_password


@dataclass(frozen=True)
class PasswordChange:
    """What the person typed, and whether their other sessions go on."""

    current: str = field(repr=False)
    new: str = field(repr=False)
    keep_other_sessions: bool = False


@dataclass(frozen=True)
class PasswordChanged:
    """The session has a new token. The old one has ended."""

    access_token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class PasswordUnchanged:
    """The new password is the old one."""


ChangePasswordOutcome: TypeAlias = (
    PasswordChanged
    | InvalidInput
    | Unauthenticated
    | WrongPassword
    | PasswordUnchanged
    | RateLimited
)


async def change_password(
    *, token: str | None, change: PasswordChange, client: Client, env: Environment
) -> ChangePasswordOutcome:
    """Changes the password of the token's user, ends sessions, and opens a new one in their place.

    The policy checks the new password first, as that costs no attempt. Breached passwords are
    looked up after the current one was right, as a stolen session must not cause look-ups without
    end.
    """
    env.hasher.admit(Queue.LOGIN)
    current = await required_session(token=token, client=client, env=env)
    if not isinstance(current, Current):
        return current
    invalid = _check(change, user=current.user, env=env)
    if invalid is not None:
        return invalid
    refused = await confirm_password(change.current, user=current.user, client=client, env=env)
    if refused is not None:
        return refused
    unacceptable = await _unacceptable(change, user=current.user, env=env)
    if unacceptable is not None:
        return unacceptable
    password_hash = await hash_new_password(change.new, client=client, env=env)
    opened = await _store(current, password_hash, change, client=client, env=env)
    if opened is None:
        return WrongPassword()
    env.wake_mail_worker()
    return PasswordChanged(opened.token, opened.ends_at)


def _check(change: PasswordChange, *, user: User, env: Environment) -> InvalidInput | None:
    """What is wrong with both passwords without a look at the account's own."""
    current = problem_of_typed_password(change.current, field="currentPassword")
    new = check_new_password_by_policy(change.new, user=user, env=env)
    if current is None:
        return new
    return InvalidInput((current, *(new.problems if new else ())))


async def _unacceptable(
    change: PasswordChange, *, user: User, env: Environment
) -> PasswordUnchanged | InvalidInput | None:
    if normalised(change.new) == normalised(change.current):
        return PasswordUnchanged()
    return await check_new_password(change.new, user=user, env=env)


async def _store(
    current: Current,
    password_hash: str,
    change: PasswordChange,
    *,
    client: Client,
    env: Environment,
) -> Opened | None:
    """Stores all of the change, or nothing; None if the password was changed meanwhile."""
    user, now = current.user, env.clock()
    async with transaction():
        if not await lock_user(user):
            return None
        await set_password(user.id, password_hash, now=now)
        if change.keep_other_sessions:
            await session.end_one(user.id, current.session_id, now=now)
            detail = "other sessions go on"
        else:
            ended = await session.end_all(user.id, now=now)
            detail = f"{audit.session_count(ended)} ended"
        subject = Subject.address(user.email, env=env)
        await audit.record(Event(Action.PASSWORD_CHANGED, subject, at=now, detail=detail))
        await queue_notice(MailTemplate.PASSWORD_CHANGED, user=user, env=env)
        return await open_in_transaction(
            user, client=client, detail="after a change of the password", env=env
        )
