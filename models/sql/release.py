"""Releases addresses whose hold has expired: deletes their unverified users.

Their verifications stay as decoys: otherwise a handle would tell whether its address was free.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from models.sql.database import dialect, fetch
from models.sql.select import fetch_among

_EXPIRED = "NOT is_verified AND held_until <= $2"
_DELETE = f"DELETE FROM users WHERE id {{among}} AND {_EXPIRED} RETURNING id"  # noqa: S608 - no value

# A user whom a resend or an operator has changed meanwhile stays, and keeps the verifications.
_AT_ONCE = f"""
WITH released AS ({_DELETE}), kept AS (
    UPDATE email_verifications SET user_id = NULL WHERE user_id IN (SELECT id FROM released)
)
SELECT id FROM released
"""  # noqa: S608 - no value is written into it

# For SQLite, where a transaction that has begun to write runs alone.
_KEEP = f"""
UPDATE email_verifications SET user_id = NULL
WHERE user_id IN (SELECT id FROM users WHERE id {{among}} AND {_EXPIRED})
"""  # noqa: S608 - no value is written into it


async def release(user_ids: Collection[UUID], *, now: datetime) -> int:
    """Releases the addresses of these users, in the caller's transaction. Returns how many."""
    if dialect() == "postgres":
        return len(await fetch_among(_AT_ONCE, user_ids, now))
    await fetch_among(_KEEP, user_ids, now)
    return len(await fetch_among(_DELETE, user_ids, now))


_WITH_ADDRESS = "email = $1 AND NOT is_verified AND id <> $2"
_DELETE_WITH_ADDRESS = f"DELETE FROM users WHERE {_WITH_ADDRESS} RETURNING id"  # noqa: S608 - no value
_AT_ONCE_WITH_ADDRESS = f"""
WITH released AS ({_DELETE_WITH_ADDRESS}), kept AS (
    UPDATE email_verifications SET user_id = NULL WHERE user_id IN (SELECT id FROM released)
)
SELECT id FROM released
"""  # noqa: S608 - no value is written into it
_KEEP_WITH_ADDRESS = f"""
UPDATE email_verifications SET user_id = NULL
WHERE user_id IN (SELECT id FROM users WHERE {_WITH_ADDRESS})
"""  # noqa: S608 - no value is written into it


_NOBODY = UUID(int=0)


async def release_address(email: str, *, unless: UUID = _NOBODY) -> None:
    """Deletes an unverified user who has the address, in the caller's transaction."""
    if dialect() == "postgres":
        await fetch(_AT_ONCE_WITH_ADDRESS, email, unless)
        return
    await fetch(_KEEP_WITH_ADDRESS, email, unless)
    await fetch(_DELETE_WITH_ADDRESS, email, unless)
