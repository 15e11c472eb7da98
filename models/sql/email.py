"""Statements that change the address of a user.

The unique constraint on the address decides between two who want the same one.
"""

from datetime import datetime
from uuid import UUID

from tortoise.exceptions import IntegrityError
from uuid6 import uuid7

from models.sql.database import fetch
from models.sql.release import release_address
from models.tables.email_verification import Purpose

_OWNER = "SELECT id FROM users WHERE email = $1 AND is_verified"
_PENDING = "UPDATE users SET email_change_id = $2 WHERE id = $1"

_CHANGE = """
UPDATE users SET
    email = $2, email_change_id = NULL, password_reset_id = NULL, verification_id = NULL,
    updated_at = $3
WHERE id = $1
"""
# So that a deletion finds where others name it. The WHERE also tells SQLite that no join follows.
_KEEP_FORMER = """
INSERT INTO former_addresses (id, user_id, email) SELECT $2, id, email FROM users WHERE id = $1
ON CONFLICT (user_id, email) DO NOTHING
"""
_END_PROOFS = """
DELETE FROM email_verifications WHERE user_id = $1 AND purpose <> $2 AND id <> $3
"""
_USE = """
UPDATE email_verifications SET otp_expires_at = NULL, link_expires_at = NULL
WHERE id = $1 AND user_id = $2
RETURNING new_email
"""
_END_CHANGES = """
DELETE FROM email_verifications WHERE user_id = $1 AND purpose IN ($2, $3)
RETURNING purpose, new_email
"""
_END_LATER = "DELETE FROM email_verifications WHERE user_id = $1 AND purpose = $2 AND id > $3"


class AddressTakenError(Exception):
    """The address belongs to a verified user. Rolls the transaction back."""


async def is_taken(email: str) -> bool:
    """Whether a verified user has the address.

    A registration that is not verified holds nothing against somebody who proves the mailbox.
    """
    return bool(await fetch(_OWNER, email))


async def set_pending(user_id: UUID, verification_id: UUID | None) -> None:
    """Makes a verification the newest for a change of the address; None: no change is pending."""
    await fetch(_PENDING, user_id, verification_id)


async def end_changes(user_id: UUID) -> list[str]:
    """Deletes a user's verifications for changes of the address, pending or done, and their mails.

    Links that undo a change stay. Returns the new addresses of these changes.
    """
    ended = await fetch(_END_CHANGES, user_id, Purpose.EMAIL_CHANGE, Purpose.EMAIL_CONSENT)
    return [row["new_email"] for row in ended if row["purpose"] == Purpose.EMAIL_CHANGE]


async def change_email(user_id: UUID, email: str, *, by: UUID, now: datetime) -> None:
    """Gives a user, whom the caller's transaction has locked, an address that they have proved.

    The old one is kept among their former addresses. Their other codes and links end, but for those
    that undo a change. `by` is the verification that proved the address, and stays. Raises
    AddressTakenError.
    """
    # Somebody who has proved the mailbox comes before whoever only registered with its address.
    await release_address(email, unless=user_id)
    await fetch(_KEEP_FORMER, user_id, uuid7())
    try:
        await fetch(_CHANGE, user_id, email, now)
    except IntegrityError:
        raise AddressTakenError from None
    await fetch(_END_PROOFS, user_id, Purpose.EMAIL_UNDO, by)


async def use_for_email(verification_id: UUID, *, user_id: UUID) -> str | None:
    """The address that the user gets by a verification, whose code and link this ends."""
    for row in await fetch(_USE, verification_id, user_id):
        return row["new_email"]  # type: ignore[no-any-return] # a text or NULL
    return None


async def end_later_undos(user_id: UUID, *, after: UUID) -> None:
    """Ends the undo links of later changes than this one, because its undo reverts those too.

    Links of earlier changes stay: a stranger who changes the address twice must not end them.
    """
    await fetch(_END_LATER, user_id, Purpose.EMAIL_UNDO, after)
