"""Releases addresses whose hold has expired: deletes their unverified users.

Their verifications stay as decoys: otherwise a handle would tell whether its address was free.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from models.sql.database import dialect
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
