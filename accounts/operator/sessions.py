"""Sessions, as operators list and end them."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.transactions import in_transaction

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from models import Session, User
from models.sql.database import fetch

_REVOKE_ONE = """
DELETE FROM sessions WHERE id = $1 AND expires_at > $2
RETURNING (SELECT email FROM users WHERE users.id = sessions.user_id) AS email
"""

_REVOKE_OF_USER = "DELETE FROM sessions WHERE user_id = $1 AND expires_at > $2 RETURNING id"
_REVOKE_ALL = "DELETE FROM sessions WHERE expires_at > $1 RETURNING id"

EVERYBODY = Subject("everybody")


async def of_user(user: User, *, env: Environment) -> list[Session]:
    """The user's sessions that have not ended, newest first."""
    return await Session.filter(user_id=user.id, expires_at__gt=env.clock()).order_by("-id")


async def revoke(*, session_id: UUID, actor: str, env: Environment) -> bool:
    """Ends a session. False if no such session was running."""
    async with in_transaction():
        ended = await fetch(_REVOKE_ONE, session_id, env.clock())
        if ended:
            subject = Subject.address(ended[0]["email"], env=env)
            await _record(subject, f"session {session_id}", actor=actor, env=env)
    return bool(ended)


async def revoke_of_user(*, user: User, actor: str, env: Environment) -> int:
    """Ends all sessions of a user, and returns how many."""
    async with in_transaction():
        ended = await fetch(_REVOKE_OF_USER, user.id, env.clock())
        subject = Subject.address(user.email, env=env)
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
        await _record(subject, audit.session_count(len(ended)), actor=actor, env=env)
    return len(ended)


async def _record(subject: Subject, detail: str, *, actor: str, env: Environment) -> None:
    event = Event(Action.SESSIONS_REVOKED, subject, at=env.clock(), actor=actor, detail=detail)
    await audit.record(event)
