"""Stores a registration in a transaction of SQLite, which is alone once it begins to write."""

from datetime import datetime

from models.sql import attempts, counters
from models.sql.database import Statement, run, transaction
from models.sql.insert import insert_together, insert_unless_taken
from models.sql.registration_rows import EXPIRED, RELEASE, Registration, StoreOutcome
from models.tables.outgoing_mail import MailState

_KEEP = f"""
UPDATE email_verifications SET user_id = NULL
WHERE user_id = (SELECT id FROM users WHERE {EXPIRED})
"""  # noqa: S608 - no value is written into it
"""Keeps the verifications of a user who is released as decoys, as on PostgreSQL."""


class _UsedUpError(Exception):
    """The address has reached its mail limit. Rolls the transaction back."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


async def store_in_steps(registration: Registration) -> StoreOutcome:
    """Stores the registration, or returns why not. Raises IntegrityError if the tenant is gone."""
    try:
        async with transaction():
            return StoreOutcome(free=await _store(registration))
    except _UsedUpError as error:
        return StoreOutcome(free=False, full_until=error.until)


async def _store(r: Registration) -> bool:
    """Whether the address was free. Raises _UsedUpError if it was free but may get no mail."""
    await run(Statement(_KEEP, (r.user.email, r.now)))
    await run(Statement(RELEASE, (r.user.email, r.now)))
    free = await insert_unless_taken(r.user, unique="email")
    full = None
    if free and not r.conceals:
        full = await counters.last_full_until(r.mail_windows, now=r.now)
    if full is not None:
        raise _UsedUpError(full)
    await run(r.registered_entry if free else r.taken_entry)
    if free or r.conceals:
        place, _ = await counters.first_full(r.mail_windows, now=r.now)
        _write_outcome(r, free=free, mailed=place is None)
        await run(Statement(counters.FORGET, (r.address_key,)))
        await run(attempts.open_counter(r.verification_key, ends=r.verification_key_ends))
        for window in r.cooldown_windows:
            await counters.restart(window.key, ends=window.end(r.now))
        await insert_together(r.verification, r.mail)
    return free


def _write_outcome(r: Registration, *, free: bool, mailed: bool) -> None:
    """Sets the verification's user, and whether its mail is sent."""
    if not free:
        r.verification.user_id = None
        r.mail.letter = r.taken_template
    if not mailed:
        r.mail.recipient, r.mail.state = "", MailState.DECOY
