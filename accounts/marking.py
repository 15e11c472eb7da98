"""Marks a user as verified, and tells whoever waits for it."""

from typing import Any
from uuid import UUID

from accounts.environment import Environment
from models.notices import fetch_and_tell

_MARK = """
UPDATE users SET is_verified = TRUE, updated_at = $2 WHERE id = $1 AND NOT is_verified
RETURNING id, TRUE AS newly
"""


async def mark_verified(user_id: UUID, *, env: Environment) -> bool:
    """Whether this call has verified the user, who may have been verified before."""
    return bool(await mark(_MARK, user_id, env.clock(), env=env))


async def mark(update: str, *values: object, env: Environment) -> list[dict[str, Any]]:
    """The rows of an UPDATE of users that returns `id` and `newly`; the latter are told of."""
    rows = await fetch_and_tell(update, *values)
    for row in rows:
        if row["newly"]:
            # Other processes hear of it from the database; this one need not wait for that.
            env.waiting.tell(UUID(str(row["id"])))
    return rows
