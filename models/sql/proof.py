"""Uses up a code or a link, in the transaction of the change that it allows.

Each one is used once: using it locks the user, and what the caller then changes ends it.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from models.sql.database import dialect, fetch
from models.sql.lock import lock_where
from models.sql.verification import Redemption
from models.tables.email_verification import Purpose

NEWEST_COLUMN: Mapping[Purpose, str] = {
    Purpose.REGISTRATION: "verification_id",
    Purpose.PASSWORD_RESET: "password_reset_id",
    Purpose.EMAIL_CHANGE: "email_change_id",
}
"""The column of `users` with the newest verification of a purpose that has codes."""

_LOCK_NEWEST = lock_where("id = $1 AND {column} = $2")
_COUNTS = """
SELECT key, hits FROM counters WHERE key IN ($1, $2, $3) AND expires_at > $4
ORDER BY key DESC {lock}
"""

_LOCK_OWNER = lock_where("id = $1")
# The row stays for `verificationStatus`. Without their times, its code and its link work no more.
_USE_LINK = """
UPDATE email_verifications SET otp_expires_at = NULL, link_expires_at = NULL
WHERE id = $1 AND user_id = $2 AND purpose = $3 AND link_expires_at > $4
RETURNING id
"""


_END_REQUESTS = "DELETE FROM email_verifications WHERE user_id = $1 AND purpose IN ($2, $3, $4)"


async def end_requests(user_id: UUID) -> None:
    """Ends all codes and links of a user for resets and changes of the address, and their mails."""
    of_changes = (Purpose.EMAIL_CHANGE, Purpose.EMAIL_CONSENT)
    await fetch(_END_REQUESTS, user_id, Purpose.PASSWORD_RESET, *of_changes)


async def use_code(right: Redemption, *, purpose: Purpose) -> bool:
    """Whether the right code may be used. Locks the user and the counts, and resets the failures.

    False if it is not the newest any more, or if its attempts are used up.
    """
    locked = _LOCK_NEWEST.format(column=NEWEST_COLUMN[purpose])
    if not await fetch(locked, right.user_id, right.verification_id):
        return False
    keys = (right.address_key, right.verification_key, right.account_key)
    lock = "FOR UPDATE" if dialect() == "postgres" else ""
    rows = await fetch(_COUNTS.format(lock=lock), *keys, right.now)
    counts = {row["key"]: row["hits"] for row in rows}
    attempts = max(counts.get(right.address_key, 0), counts.get(right.verification_key, 0))
    if attempts >= right.max_per_code or counts.get(right.account_key, 0) >= right.max_in_a_row:
        return False
    await fetch("DELETE FROM counters WHERE key = $1", right.account_key)
    return True


async def use_link(
    verification_id: UUID, *, user_id: UUID, purpose: Purpose, now: datetime
) -> bool:
    """Whether the user's link may be used, which uses it up. False if it has expired or was used.

    Locks the user.
    """
    # The user first, as everywhere. Then the link's row decides who has used it.
    await fetch(_LOCK_OWNER, user_id)
    return bool(await fetch(_USE_LINK, verification_id, user_id, purpose, now))
