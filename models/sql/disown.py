"""Statements for somebody who has not registered, but whose address somebody has registered."""

from datetime import datetime
from uuid import UUID

from models.sql.database import Statement, fetch
from models.sql.lock import lock_where
from models.sql.release import release_address

# A registration that was replaced has a verification without a user, and its mail still works here.
_RECIPIENT = """
SELECT mail.recipient FROM outgoing_mails mail
JOIN email_verifications verification ON verification.id = mail.verification_id
WHERE verification.id = {0} AND verification.purpose = 'REGISTRATION'
    AND verification.created_at > {1} AND mail.state <> 'decoy' AND NOT EXISTS (
        SELECT 1 FROM users WHERE users.email = mail.recipient AND users.is_verified
    )
"""
_LOCK = lock_where("email = $1")


def recipient(verification_id: UUID | None, *, since: datetime) -> Statement:
    """The query for the address that a registration mail went to, unless its user is verified."""
    return Statement(_RECIPIENT, (verification_id, since))


async def release_unverified(email: str) -> bool:
    """Deletes the unverified user of an address, if there is one, in the caller's transaction.

    False if a verified user has the address, who stays.
    """
    if any(row["is_verified"] for row in await fetch(_LOCK, email)):
        return False
    await release_address(email)
    return True
