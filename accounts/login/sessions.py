"""Sessions: opened by a login, found by token, and ended by their user or an operator."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from tortoise.transactions import in_transaction

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from models import AuditEntry, Session, User
from models.sql.database import fetch
from models.sql.insert import insert_all, insert_together
from models.sql.select import read_user

SESSION_LIFETIME = timedelta(days=30)
_TOKEN_BYTES = 32
"""256 bits, so that a token cannot be found from its SHA-256, the only part that is stored."""

OF_SESSION = "sessions.token_hash = $1 AND sessions.expires_at > $2"
THEIR_SESSIONS = "JOIN sessions ON sessions.user_id = users.id"

_REVOKE_ONE = """
DELETE FROM sessions WHERE id = $1 AND expires_at > $2
RETURNING (SELECT email FROM users WHERE users.id = sessions.user_id) AS email
"""

_REVOKE_OF_USER = "DELETE FROM sessions WHERE user_id = $1 AND expires_at > $2 RETURNING id"
_REVOKE_ALL = "DELETE FROM sessions WHERE expires_at > $1 RETURNING id"

EVERYBODY = Subject("everybody")


@dataclass(frozen=True)
class LoggedOut:
    pass


@dataclass(frozen=True)
class Unauthenticated:
    """There is no token, or it belongs to no running session."""


LogoutOutcome: TypeAlias = LoggedOut | Unauthenticated


async def open_session(user: User, *, env: Environment) -> tuple[str, datetime]:
    """Opens a session, and returns its token and end. Raises IntegrityError if the user is gone."""
    token, session, entry = _session(user, detail="by password", env=env)
    await insert_all(session, entry)
    return token, session.expires_at


async def insert_session(user: User, *, detail: str, env: Environment) -> tuple[str, datetime]:
    """Opens a session in the caller's transaction. `detail` is for the audit log."""
    token, session, entry = _session(user, detail=detail, env=env)
    await insert_together(session, entry)
    return token, session.expires_at


def _session(user: User, *, detail: str, env: Environment) -> tuple[str, Session, AuditEntry]:
    """A new session's token, its row and its audit entry."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = env.clock()
    session = Session.construct(
        user_id=user.id,
        token_hash=_hashed(token),
        created_at=now,
        expires_at=now + SESSION_LIFETIME,
    )
    subject = Subject.address(user.email, keys=env.keys)
    event = Event(Action.LOGGED_IN, subject, at=now, detail=detail)
    return token, session, audit.entry(event)


async def signed_in(*, token: str | None, env: Environment) -> User | None:
    """The user whose session the token belongs to, with `user.tenant`."""
    if token is None:
        return None
    return await read_user(OF_SESSION, _hashed(token), env.clock(), joined=THEIR_SESSIONS)


async def log_out(*, token: str | None, env: Environment) -> LogoutOutcome:
    """Ends the session of the token."""
    if token is None:
        return Unauthenticated()
    ended = await Session.filter(token_hash=_hashed(token), expires_at__gt=env.clock()).delete()
    return LoggedOut() if ended else Unauthenticated()


async def of_user(user: User, *, env: Environment) -> list[Session]:
    """The user's sessions that have not ended, newest first."""
    return await Session.filter(user_id=user.id, expires_at__gt=env.clock()).order_by("-id")


async def revoke(*, session_id: UUID, actor: str, env: Environment) -> bool:
    """Ends a session. False if no such session was running."""
    async with in_transaction():
        ended = await fetch(_REVOKE_ONE, session_id, env.clock())
        if ended:
            subject = Subject.address(ended[0]["email"], keys=env.keys)
            await _record(subject, f"session {session_id}", actor=actor, env=env)
    return bool(ended)


async def revoke_of_user(*, user: User, actor: str, env: Environment) -> int:
    """Ends all sessions of a user, and returns how many."""
    async with in_transaction():
        ended = await fetch(_REVOKE_OF_USER, user.id, env.clock())
        subject = Subject.address(user.email, keys=env.keys)
        return await _record_all(ended, subject, actor=actor, env=env)


async def revoke_all(*, actor: str, env: Environment) -> int:
    """Ends all sessions of all users, and returns how many."""
    async with in_transaction():
        ended = await fetch(_REVOKE_ALL, env.clock())
        return await _record_all(ended, EVERYBODY, actor=actor, env=env)


async def _record_all(
    ended: Sequence[object], subject: Subject, *, actor: str, env: Environment
) -> int:
    if ended:
        count = "1 session" if len(ended) == 1 else f"{len(ended):,} sessions"
        await _record(subject, count, actor=actor, env=env)
    return len(ended)


async def _record(subject: Subject, detail: str, *, actor: str, env: Environment) -> None:
    event = Event(Action.SESSIONS_REVOKED, subject, at=env.clock(), actor=actor, detail=detail)
    await audit.record(event)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
