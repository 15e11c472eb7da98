"""The status of a verification, for clients that have its id."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from accounts.client import Client
from accounts.environment import Environment
from models.sql.database import as_moment, as_uuid, fetch

ENDS_AT = """COALESCE(
    (SELECT MAX(later.expires_at) FROM email_verifications later
     WHERE later.address_hash = v.address_hash),
    v.expires_at
)"""
"""SQL for when a verification `v` ends: with the last mail to its address. It does not look at the
user, so that a decoy lasts as long."""

# A registration is complete once its user is verified, by any code or link; a change of the address
# once the user has the new one.
_FIND = f"""
SELECT {ENDS_AT} AS ends_at,
    CASE WHEN v.purpose = 'EMAIL_CHANGE' THEN v.id ELSE v.user_id END AS awaited_id,
    CASE WHEN v.purpose = 'EMAIL_CHANGE' THEN u.email = v.new_email ELSE u.is_verified END AS done
FROM email_verifications v LEFT JOIN users u ON u.id = v.user_id
WHERE v.id = $1
"""  # noqa: S608 - no value is written into it


class VerificationStatus(StrEnum):
    PENDING = "PENDING"
    VERIFIED = "VERIFIED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True)
class UnknownVerification:
    """There is no such verification, or it was swept."""


@dataclass(frozen=True)
class TooManySubscriptions:
    """The client, or all clients together, hold the maximum of subscriptions."""


@dataclass(frozen=True)
class _Found:
    awaited_id: UUID | None
    """Of the user or the verification whose completion is awaited; None for a decoy."""
    ends_at: datetime
    status: VerificationStatus


StatusOutcome: TypeAlias = VerificationStatus | UnknownVerification | TooManySubscriptions


async def status(*, verification_id: str, env: Environment) -> VerificationStatus | None:
    """The status of a verification; None if there is none with this id.

    That of a registration is VERIFIED once any code or link has verified its user, and that of a
    change of the address once the user has the new one. It is PENDING until its time is over. A
    decoy takes the same statement, and looks like a verification that nobody completes.
    """
    found = await _find(verification_id, env=env)
    return found.status if found is not None else None


async def changes(
    *, verification_id: str, client: Client, env: Environment
) -> AsyncGenerator[StatusOutcome, None]:
    """Yields the status of a verification, and once more when it has become final.

    Raises accounts.verification.subscribers.ClosingError when this process shuts down.
    """
    with env.subscribers.limit.slot(client.key) as admitted:
        if not admitted:
            yield TooManySubscriptions()
            return
        follows = False
        while (found := await _find(verification_id, env=env)) is not None:
            with env.subscribers.subscribed(found.awaited_id, ends_at=found.ends_at) as over:
                # Read again, as it may have changed before the subscription began.
                current = await status(verification_id=verification_id, env=env)
                if current is not VerificationStatus.PENDING:
                    yield current or VerificationStatus.EXPIRED
                    return
                if not follows:
                    yield current
                if await over:
                    yield VerificationStatus.VERIFIED
                    return
            # Its time is over, unless a later mail has prolonged it or the notification was lost.
            follows = True
        # A user who was deleted meanwhile cannot be verified any more.
        yield VerificationStatus.EXPIRED if follows else UnknownVerification()


async def _find(verification_id: str, *, env: Environment) -> _Found | None:
    try:
        rows = await fetch(_FIND, UUID(verification_id))
    except ValueError:
        return None
    if not rows:
        return None
    row = rows[0]
    ends_at = as_moment(row["ends_at"])
    if row["done"]:
        current = VerificationStatus.VERIFIED
    elif ends_at <= env.clock():
        current = VerificationStatus.EXPIRED
    else:
        current = VerificationStatus.PENDING
    return _Found(row["awaited_id"] and as_uuid(row["awaited_id"]), ends_at, current)
