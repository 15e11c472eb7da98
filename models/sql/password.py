"""Statements that change a password, and end what the old one allowed."""

from datetime import datetime
from uuid import UUID

from models.sql.database import fetch
from models.sql.proof import end_requests
from models.tables.user import NO_PASSWORD

_SET = """
UPDATE users SET
    password_hash = $2,
    is_verified = $4 OR is_verified,
    password_reset_id = NULL,
    email_change_id = NULL,
    updated_at = $3
WHERE id = $1
"""


async def set_password(
    user_id: UUID, password_hash: str, *, verifies: bool = False, now: datetime
) -> None:
    """Sets the password of a user whom the caller's transaction has locked.

    Pending resets and changes of the address end: whoever began them may have known the old one.
    """
    await fetch(_SET, user_id, password_hash, now, verifies)
    await end_requests(user_id)


_SET_FIRST = f"""
UPDATE users SET password_hash = $2, is_verified = TRUE, updated_at = $3
WHERE id = $1 AND NOT is_verified AND password_hash = '{NO_PASSWORD}'
RETURNING id
"""  # noqa: S608 - a constant


async def set_first_password(user_id: UUID, password_hash: str, *, now: datetime) -> bool:
    """Verifies a user who has no password yet, and sets it. False if that was done meanwhile."""
    return bool(await fetch(_SET_FIRST, user_id, password_hash, now))
