"""Ends other sessions of somebody who is logged in and knows the password."""

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.hashing.jobs import Queue
from accounts.limits.rules import RateLimited
from accounts.login.confirm_password import (
    WrongPassword,
    add_password_problem,
    confirm_password,
)
from accounts.notices import queue_notice
from accounts.problems import InvalidIdFormat, InvalidInput
from accounts.sessions.current import Current, Unauthenticated, required_session
from models import MailTemplate
from models.sql import session as sql
from models.sql.database import transaction
from models.sql.lock import lock_user


@dataclass(frozen=True)
class SessionRevoked:
    """The session has ended."""


@dataclass(frozen=True)
class SessionNotFound:
    """No session of the user that runs has this id."""


@dataclass(frozen=True)
class OtherSessionsRevoked:
    """The user has no session but the one of the token."""

    ended: int


RevokeOutcome: TypeAlias = (
    SessionRevoked | InvalidInput | SessionNotFound | Unauthenticated | WrongPassword | RateLimited
)
RevokeOthersOutcome: TypeAlias = (
    OtherSessionsRevoked | InvalidInput | Unauthenticated | WrongPassword | RateLimited
)


async def revoke_session(
    *, token: str | None, session_id: str, password: str, client: Client, env: Environment
) -> RevokeOutcome:
    """Ends one session of the token's user. It may be the current one."""
    env.hasher.admit(Queue.LOGIN)
    current = await required_session(token=token, client=client, env=env)
    if not isinstance(current, Current):
        return current
    try:
        wanted = UUID(session_id)
    except ValueError:
        return add_password_problem(InvalidIdFormat(), password)
    ended = await _confirm_and_end(current, password, only=wanted, client=client, env=env)
    if not isinstance(ended, int):
        return ended
    return SessionRevoked() if ended else SessionNotFound()


async def revoke_other_sessions(
    *, token: str | None, password: str, client: Client, env: Environment
) -> RevokeOthersOutcome:
    """Ends all sessions of the token's user but the current one."""
    env.hasher.admit(Queue.LOGIN)
    current = await required_session(token=token, client=client, env=env)
    if not isinstance(current, Current):
        return current
    ended = await _confirm_and_end(current, password, only=None, client=client, env=env)
    return OtherSessionsRevoked(ended) if isinstance(ended, int) else ended


async def _confirm_and_end(
    current: Current, password: str, *, only: UUID | None, client: Client, env: Environment
) -> int | InvalidInput | WrongPassword | RateLimited:
    """Ends one session, or all others, if the password is the user's. Returns how many."""
    refused = await confirm_password(password, user=current.user, client=client, env=env)
    return await _end(current, only=only, env=env) if refused is None else refused


async def _end(current: Current, *, only: UUID | None, env: Environment) -> int | WrongPassword:
    """Ends one session, or all others, with a notice if one ended. Returns how many."""
    user, now = current.user, env.clock()
    async with transaction():
        if not await lock_user(user):
            return WrongPassword()
        if only is None:
            ended = await sql.end_others(user.id, current=current.session_id, now=now)
        else:
            ended = await sql.end_one(user.id, only, now=now)
        if ended:
            subject = Subject.address(user.email, env=env)
            detail = audit.session_count(ended)
            await audit.record(Event(Action.SESSION_ENDED, subject, at=now, detail=detail))
            await queue_notice(MailTemplate.SESSIONS_ENDED, user=user, env=env)
    if ended:
        env.wake_mail_worker()
    return ended
