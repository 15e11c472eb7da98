"""Statements for sessions."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from uuid import UUID

from models.sql.database import (
    Rows,
    Statement,
    as_moment,
    as_uuid,
    fetch,
)
from models.sql.select import fetch_among, user_statement
from models.tables.user import User

# A node of release 0.1 opens sessions for users who may not log in.
_RUNS = "sessions.expires_at > {1} AND users.disabled_at IS NULL AND users.deletes_at IS NULL"
_BY_TOKEN = f"sessions.token_hash = {{0}} AND {_RUNS}"
_BY_ID = f"sessions.id = {{0}} AND {_RUNS}"
_JOINED = "JOIN sessions ON sessions.user_id = users.id"
_ALSO = (
    "sessions.id AS session_id, sessions.created_at AS session_created_at, "
    "sessions.last_used_at, sessions.expires_at AS session_expires_at"
)

# Another request may have recorded a later use. `ends_at` is null in rows of release 0.1.
_TOUCH = """
UPDATE sessions SET
    last_used_at = $2,
    ends_at = COALESCE(ends_at, expires_at),
    expires_at = CASE
        WHEN COALESCE(ends_at, expires_at) < $3 THEN COALESCE(ends_at, expires_at) ELSE $3
    END
WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)
"""


# A row stays until the sweep removes it, even if its session has ended.
_OF_SAME_USER = """
SELECT sessions.* FROM sessions JOIN sessions mine ON mine.user_id = sessions.user_id
WHERE mine.token_hash = $1 AND mine.expires_at > $2 AND sessions.expires_at > $2
ORDER BY sessions.id DESC
"""
_END = "DELETE FROM sessions WHERE user_id = $1{which} RETURNING expires_at > $2 AS runs"
_END_ALL = _END.format(which="")
_END_OTHERS = _END.format(which=" AND id <> $3")
_END_ONE = _END.format(which=" AND id = $3")


def by_token(token_hash: str, *, now: datetime) -> Statement:
    """The query for a session that has not ended, with its user and their tenant."""
    return Statement(user_statement(_BY_TOKEN, _JOINED, _ALSO), (token_hash, now))


def by_id(session_id: UUID, *, now: datetime) -> Statement:
    """As `by_token`, for the id of the session."""
    return Statement(user_statement(_BY_ID, _JOINED, _ALSO), (session_id, now))


async def touch(session_id: UUID, *, now: datetime, idle_end: datetime) -> None:
    """Records that the session is used now. Without another use it ends at `idle_end`."""
    await fetch(_TOUCH, session_id, now, idle_end)


async def of_token(token_hash: str, *, now: datetime) -> Rows:
    """All sessions that run of the user whose session the token is, newest first."""
    return await fetch(_OF_SAME_USER, token_hash, now)


async def end_all(user_id: UUID, *, now: datetime) -> int:
    """Ends all sessions of a user in the caller's transaction. Returns how many were running."""
    return _running(await fetch(_END_ALL, user_id, now))


async def end_others(user_id: UUID, *, current: UUID, now: datetime) -> int:
    """Ends all sessions of a user but the current one, as `end_all` does."""
    return _running(await fetch(_END_OTHERS, user_id, now, current))


async def end_one(user_id: UUID, session_id: UUID, *, now: datetime) -> int:
    """Ends one session of a user, as `end_all` does."""
    return _running(await fetch(_END_ONE, user_id, now, session_id))


def _running(rows: Rows) -> int:
    return sum(bool(row["runs"]) for row in rows)


_RUNNING = "SELECT id FROM sessions WHERE id {among} AND expires_at > $2"
_STATES = """
SELECT id, email, password_hash, is_verified, updated_at FROM users
WHERE id {among} AND disabled_at IS NULL AND deletes_at IS NULL
"""


@dataclass(frozen=True)
class AccountState:
    """The values of an account that are compared to find out that something has changed."""

    email: str = field(repr=False)
    password_hash: str = field(repr=False)
    is_verified: bool
    changed: datetime

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(user.email, user.password_hash, user.is_verified, user.updated_at)


async def running_among(session_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Those of the sessions that have not ended."""
    return {as_uuid(row["id"]) for row in await fetch_among(_RUNNING, session_ids, now)}


async def account_states(user_ids: Collection[UUID]) -> dict[UUID, AccountState]:
    """The accounts of these users, without those that are gone or may not log in any more."""
    return {
        as_uuid(row["id"]): AccountState(
            row["email"],
            row["password_hash"],
            bool(row["is_verified"]),
            as_moment(row["updated_at"]),
        )
        for row in await fetch_among(_STATES, user_ids)
    }
