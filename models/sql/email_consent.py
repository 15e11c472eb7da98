"""Statements for a change of the address that needs the agreement of the old one too.

A pending change has a row for the new address, and one for the old address as long as that one has
not agreed. Once the new address is confirmed, the row of the old address stores it in `new_email`.
Only the link to the old address is then missing.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from models.sql.database import as_uuid, fetch
from models.tables.email_verification import Purpose

# In one statement, so that a change to which only the new address agrees takes none more.
_PROVE = """
UPDATE email_verifications SET otp_expires_at = NULL, link_expires_at = NULL
WHERE id = $1 AND user_id = $2
RETURNING new_email, EXISTS (
    SELECT 1 FROM email_verifications consent WHERE consent.user_id = $2 AND consent.purpose = $3
) AS needs_consent
"""
_AWAIT_CONSENT = """
UPDATE email_verifications SET new_email = $3 WHERE user_id = $1 AND purpose = $2
"""
# `verificationStatus` tells the change by this row: it is pending as long as the consent can come.
_PROLONG = """
UPDATE email_verifications SET expires_at = (
    SELECT MAX(expires_at) FROM email_verifications WHERE user_id = $2 AND purpose = $3
) WHERE id = $1
"""
_PENDING = """
SELECT change.id, consent.new_email
FROM email_verifications consent
JOIN users ON users.id = consent.user_id
JOIN email_verifications change ON change.id = users.email_change_id
WHERE consent.id = $1 AND change.expires_at > $2
"""
_CONSENT = "DELETE FROM email_verifications WHERE id = $1"


@dataclass(frozen=True)
class ProvedAddress:
    """An address that a user has proved to be theirs, and the verification that began it."""

    verification_id: UUID
    email: str = field(repr=False)


@dataclass(frozen=True)
class HalfProved:
    """One of the two addresses has confirmed the change, and the other one has not yet."""

    is_old_missing: bool


async def prove_new(verification_id: UUID, *, user_id: UUID) -> ProvedAddress | HalfProved | None:
    """Ends the code and the link of the new address, whose user the caller has locked.

    HalfProved if the old address has yet to agree. None if there is no such verification.
    """
    for row in await fetch(_PROVE, verification_id, user_id, Purpose.EMAIL_CONSENT):
        if row["new_email"] is None:
            return None
        if not row["needs_consent"]:
            return ProvedAddress(verification_id, row["new_email"])
        await fetch(_AWAIT_CONSENT, user_id, Purpose.EMAIL_CONSENT, row["new_email"])
        await fetch(_PROLONG, verification_id, user_id, Purpose.EMAIL_CONSENT)
        return HalfProved(is_old_missing=True)
    return None


async def consent(consent_id: UUID, *, now: datetime) -> ProvedAddress | HalfProved | None:
    """Lets the old address agree, whose user and link the caller has locked and claimed.

    HalfProved if the new address has yet to prove itself. None if it cannot do so any more.
    """
    for row in await fetch(_PENDING, consent_id, now):
        if row["new_email"] is not None:
            return ProvedAddress(as_uuid(row["id"]), row["new_email"])
        await fetch(_CONSENT, consent_id)
        return HalfProved(is_old_missing=False)
    return None
