"""Releases addresses: deletes their unverified users.

Their verifications stay as decoys: otherwise `verificationStatus` would tell whether their address
was free.
"""

# ruff: noqa: S608 - no value is written into a statement

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from models.configuration import Dialect
from models.sql.database import dialect, fetch
from models.sql.select import fetch_among

_DELETE = "DELETE FROM users WHERE {which} RETURNING id"

_AT_ONCE = f"""
WITH released AS ({_DELETE}), kept AS (
    UPDATE email_verifications SET user_id = NULL WHERE user_id IN (SELECT id FROM released)
)
SELECT id FROM released
"""

# For SQLite, where a transaction that has begun to write runs alone.
_KEEP = """
UPDATE email_verifications SET user_id = NULL
WHERE user_id IN (SELECT id FROM users WHERE {which})
"""

# A user whom a resend or an operator has changed meanwhile stays, and keeps the verifications.
_EXPIRED = "id {among} AND NOT is_verified AND held_until <= $2"
_NOBODY = UUID(int=0)


def _statements(which: str) -> Mapping[Dialect, Sequence[str]]:
    return {
        "postgres": [_AT_ONCE.format(which=which)],
        "sqlite": [_KEEP.format(which=which), _DELETE.format(which=which)],
    }


RELEASE_IF_EXPIRED = _statements("email = $1 AND NOT is_verified AND held_until <= $2")
"""The statements that release the address `$1` if its hold has ended at `$2`, by database."""

_RELEASE_UNLESS = _statements("email = $1 AND NOT is_verified AND id <> $2")


async def release(user_ids: Collection[UUID], *, now: datetime) -> int:
    """Releases the addresses of these users, in the caller's transaction. Returns how many."""
    if dialect() == "postgres":
        return len(await fetch_among(_AT_ONCE.format(which=_EXPIRED), user_ids, now))
    await fetch_among(_KEEP.format(which=_EXPIRED), user_ids, now)
    return len(await fetch_among(_DELETE.format(which=_EXPIRED), user_ids, now))


async def release_address(email: str, *, unless: UUID = _NOBODY) -> None:
    """Deletes an unverified user who has the address, in the caller's transaction.

    The user with the id `unless` stays.
    """
    for statement in _RELEASE_UNLESS[dialect()]:
        await fetch(statement, email, unless)
