"""Statements that change a password, and end what the old one allowed."""

from datetime import datetime
from uuid import UUID

from models.sql.database import fetch
from models.tables.email_verification import Purpose

_SET = """
UPDATE users SET
    password_hash = $2,
    is_verified = $4 OR is_verified,
    password_reset_id = NULL,
    email_change_id = NULL,
    updated_at = $3
WHERE id = $1
"""
_END_PROOFS = "DELETE FROM email_verifications WHERE user_id = $1 AND purpose IN ($2, $3)"


async def set_password(
    user_id: UUID, password_hash: str, *, verifies: bool = False, now: datetime
) -> None:
    """Sets the password of a user whom the caller's transaction has locked.

    Pending resets and changes of the address end: whoever began them may have known the old one.
    """
    await fetch(_SET, user_id, password_hash, now, verifies)
    await fetch(_END_PROOFS, user_id, Purpose.PASSWORD_RESET, Purpose.EMAIL_CHANGE)
