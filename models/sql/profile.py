"""Statements that change the profile of a user."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import orjson

from models.sql.database import dialect, fetch
from models.sql.select import read_user
from models.tables.user import User

_UPDATE = """
UPDATE users SET
    name = CASE WHEN $2 THEN $3 ELSE name END,
    profile = {merged},
    updated_at = $5
WHERE id = $1
RETURNING id
"""
# The database merges, so that two changes of different values at once are both kept. A null removes
# a value. An empty profile is NULL.
_MERGED = {
    "sqlite": "NULLIF(json_patch(COALESCE(profile, '{}'), $4), '{}')",
    "postgres": "NULLIF(jsonb_strip_nulls(COALESCE(profile, '{}') || $4::jsonb), '{}')",
}
_SET_COMPLETE = "UPDATE users SET is_profile_complete = $2 WHERE id = $1"


async def change_profile(
    user_id: UUID,
    changes: Mapping[str, str | bool | None],
    *,
    changes_name: bool,
    name: str | None,
    now: datetime,
) -> User | None:
    """The user with their new profile, and with the new name if `changes_name`.

    None if they are gone. Locks the user for the caller's transaction.
    """
    statement = _UPDATE.format(merged=_MERGED[dialect()])
    changed = orjson.dumps(dict(changes)).decode()
    if not await fetch(statement, user_id, changes_name, name, changed, now):
        return None
    return await read_user(user_id)


async def set_complete(user_id: UUID, *, complete: bool) -> None:
    """Records whether the profile has all that the policy requires."""
    await fetch(_SET_COMPLETE, user_id, complete)
