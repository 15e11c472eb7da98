"""Stores a whole registration, or nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.sql import attempts, counters
from models.sql.counters import Window
from models.sql.database import Statement, dialect, fetch, run, transaction
from models.sql.insert import insert_if_free, insert_together
from models.sql.release import RELEASE_IF_EXPIRED
from models.tables.email_verification import EmailVerification
from models.tables.outgoing_mail import MailState, OutgoingMail
from models.tables.user import User

# The verification and its mail go with the user.
_WITHDRAW = "DELETE FROM users WHERE id = $1 AND NOT is_verified RETURNING id"
_FORGET_ENTRY = "DELETE FROM audit_entries WHERE id = $1"


@dataclass(frozen=True)
class Registration:
    """The rows of a registration, and the counters that change with them."""

    user: User
    verification: EmailVerification
    mail: OutgoingMail
    registered_entry: Statement
    """The audit entry if the address is free."""
    taken_entry: Statement
    """The audit entry if the address is taken. Without concealment nothing else is stored."""
    conceals: bool
    """Whether a taken address runs the same statements as a free one. It then gets a verification
    without a user, and a mail by the template `taken_template`."""
    taken_template: str
    mail_windows: Sequence[Window]
    """The mail limits of the address. If one is full, nothing is stored; with concealment, a decoy
    mail is stored."""
    cooldown_windows: Sequence[Window]
    """Windows that restart with one hit."""
    address_key: str
    """The key of the address's count of wrong codes, which is deleted."""
    verification_key: str
    """The key of the code's count of wrong codes, which is opened."""
    verification_key_ends: datetime
    now: datetime


@dataclass(frozen=True)
class StoreOutcome:
    """Whether the address was free, so that the registration is stored."""

    free: bool
    full_until: datetime | None = None
    """When the address may get a mail again, if its mail limit prevented the registration."""


class _MailLimitReached(Exception):  # noqa: N818 - an expected outcome
    """The address may get no mail. Rolls the transaction back."""


async def store(registration: Registration) -> StoreOutcome:
    """Stores the registration, or returns why not. Raises IntegrityError if the tenant is gone.

    The unique constraint on the address decides, without a check before the write.
    """
    try:
        async with transaction():
            return StoreOutcome(free=await _store(registration))
    except _MailLimitReached:
        until = await counters.last_full_until(registration.mail_windows, now=registration.now)
        return StoreOutcome(free=False, full_until=until or registration.now)


async def withdraw(registration: Registration) -> None:
    """Deletes a stored registration again, unless its user is verified by now."""
    async with transaction():
        if await fetch(_WITHDRAW, registration.user.id):
            await fetch(_FORGET_ENTRY, registration.registered_entry.values[0])  # its id


async def _store(r: Registration) -> bool:
    """Whether the address was free. Raises _MailLimitReached."""
    for statement in RELEASE_IF_EXPIRED[dialect()]:
        await fetch(statement, r.user.email, r.now)
    free = await insert_if_free(r.user, unique="email")
    if not free and not r.conceals:
        await run(r.taken_entry)
        return False
    full, _ = await counters.first_full(r.mail_windows, now=r.now)
    if full is not None and not r.conceals:
        # Otherwise the user would hold an address that they cannot verify.
        raise _MailLimitReached
    if not free:
        r.verification.user_id = None
        r.mail.letter = r.taken_template
    if full is not None:
        r.mail.recipient, r.mail.state = "", MailState.DECOY
    counted = [
        Statement(counters.FORGET, (r.address_key,)),
        Statement(attempts.OPEN, (r.verification_key, r.verification_key_ends)),
        *(counters.restart(window.key, ends=window.end(r.now)) for window in r.cooldown_windows),
    ]
    entry = r.registered_entry if free else r.taken_entry
    await insert_together(r.verification, r.mail, beside=[entry, *counted])
    return free
