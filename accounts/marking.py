"""Marks a user as verified, keeps it in the audit, and tells whoever waits for it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from accounts import audit
from accounts.audit import API, Action, Event, Subject
from accounts.environment import Environment
from models import User
from models.database import dialect, fetch, transaction
from models.notices import telling
from models.reading import columns, read_user, returned_users, user_in
from models.statements import Statement, numbered, run

_MARK = """
UPDATE users SET is_verified = TRUE, updated_at = $2 WHERE id = $1 AND NOT is_verified
RETURNING {returning}
"""
_AT_ONCE = "WITH marked AS ({mark}), kept AS ({entry} FROM marked) {marked}"


@dataclass(frozen=True)
class Marked:
    """A verified user, and whether this has verified them, who may have been before."""

    user: User
    newly: bool


async def mark_verified(
    user: User, *, action: Action, actor: str = API, env: Environment
) -> Marked | None:
    """The user, verified in one statement; None if their account is gone."""
    now = env.clock()
    subject = Subject.address(user.email, keys=env.keys)
    entry = audit.inserting(Event(action, subject, at=now, actor=actor))
    marked = await _marked(user.id, entry, now=now)
    if marked is not None:
        # Other processes hear of it from the database; this one need not wait for that.
        env.waiting.tell(user.id)
        return Marked(marked, newly=True)
    verified = await read_user("users.id = $1", user.id)
    return None if verified is None else Marked(verified, newly=False)


async def _marked(user_id: UUID, entry: Statement, *, now: datetime) -> User | None:
    """The user, if this has verified them. The entry is stored with it, or neither is."""
    if dialect() == "postgres":
        rows = await fetch(
            _at_once(entry.sql, len(entry.values), telling("id")), user_id, now, *entry.values
        )
        return user_in(rows[0]) if rows else None
    async with transaction():
        if not await fetch(_MARK.format(returning="id"), user_id, now):
            return None
        await run(entry)
        return await read_user("users.id = $1", user_id)


@cache
def _at_once(entry: str, values: int, tell: str) -> str:
    return _AT_ONCE.format(
        mark=_MARK.format(returning=f"{columns(User)}, {tell}"),
        entry=numbered(entry, values, start=3),
        marked=returned_users("marked"),
    )
