"""Stores a whole registration, or nothing of it."""

# ruff: noqa: S608 - no value is written into a statement

from models.sql import counters
from models.sql.database import CommonTables, dialect, fetch, transaction
from models.sql.insert import insert_select, values_of
from models.sql.registration_in_steps import store_in_steps
from models.sql.registration_rows import RELEASE, Registration, StoreOutcome
from models.sql.select import columns_of
from models.tables.email_verification import EmailVerification
from models.tables.outgoing_mail import MailState, OutgoingMail
from models.tables.user import User

_HOLDER = "SELECT id FROM users WHERE email = {0} AND (is_verified OR held_until > {1})"
_COUNT = "INSERT INTO counters (key, hits, expires_at) SELECT {0}, "
# The verification and its mail go with the user.
_WITHDRAW = "DELETE FROM users WHERE id = $1 AND NOT is_verified RETURNING id"
_FORGET_ENTRY = "DELETE FROM audit_entries WHERE id = $1"
_ANEW = " ON CONFLICT (key) DO UPDATE SET hits = excluded.hits, expires_at = excluded.expires_at"


async def store(registration: Registration) -> StoreOutcome:
    """Stores the registration, or returns why not. Raises IntegrityError if the tenant is gone.

    The unique constraint on the address decides, without a check before the write. PostgreSQL does
    it in one statement, because each statement is a round trip (docs/decisions/0010).
    """
    if dialect() == "sqlite":
        return await store_in_steps(registration)
    stored, mailed = await _store_at_once(registration)
    if not stored.free or mailed or registration.conceals:
        return stored
    # The mail limit was reached after the statement had read it: by another mail, or by somebody
    # who disowns the address. Such a user could not verify it, but would hold it.
    await withdraw(registration)
    until = await counters.last_full_until(registration.mail_windows, now=registration.now)
    return StoreOutcome(free=False, full_until=until or registration.now)


async def withdraw(registration: Registration) -> None:
    """Deletes a stored registration again, unless its user is verified by now."""
    async with transaction():
        if await fetch(_WITHDRAW, registration.user.id):
            await fetch(_FORGET_ENTRY, registration.registered_entry.values[0])  # its id


async def _store_at_once(r: Registration) -> tuple[StoreOutcome, bool]:
    """Stores the registration in one statement of PostgreSQL. The flag is whether a mail is sent.

    Each part runs after the parts that it reads: the address is released, then the user is
    inserted, and the result of that decides what else is stored.
    """
    parts = CommonTables()
    admitted = "TRUE" if r.conceals else "NOT EXISTS (SELECT FROM used_up)"
    always_or_if_free = "" if r.conceals else " FROM person"
    _claim_address(parts, r, admitted)
    mailed = _count_mail(parts, r, always_or_if_free)
    _insert_rows(parts, r, always_or_if_free, mailed)
    _record(parts, r, admitted)
    _count_anew(parts, r, always_or_if_free)
    [row] = await parts.fetch(
        f"SELECT EXISTS (SELECT FROM person) AS free, {mailed} AS mailed, "
        "(SELECT max(expires_at) FROM used_up WHERE NOT EXISTS (SELECT FROM holder)) AS full_until"
    )
    return StoreOutcome(free=row["free"], full_until=row["full_until"]), row["mailed"]


def _claim_address(parts: CommonTables, r: Registration, admitted: str) -> None:
    """Adds the query `person`, which inserts the user if the address is free."""
    full = [
        f"key = {{{2 * n + 1}}} AND hits >= {{{2 * n + 2}}}" for n in range(len(r.mail_windows))
    ]
    limits = [value for window in r.mail_windows for value in (window.key, window.limit)]
    parts.add(
        "used_up",
        "SELECT expires_at FROM counters "
        f"WHERE expires_at > {{0}} AND ({' OR '.join(full) or 'FALSE'})",
        r.now,
        *limits,
    )
    parts.add("holder", _HOLDER, r.user.email, r.now)
    parts.add("released", f"{RELEASE} AND {admitted} RETURNING id", r.user.email, r.now)
    # As decoys, so that `verificationStatus` does not tell that the address was free.
    parts.add(
        "kept",
        "UPDATE email_verifications SET user_id = NULL WHERE user_id IN (SELECT id FROM released)",
    )
    parts.add(
        "person",
        f"{insert_select(User)} FROM (SELECT count(*) FROM released) AS done WHERE {admitted} "
        "ON CONFLICT (email) DO NOTHING RETURNING id",
        *values_of(r.user),
    )


def _count_mail(parts: CommonTables, r: Registration, source: str) -> str:
    """Counts a mail in each window in turn, and returns the condition for sending it."""
    before, mailed = source, "TRUE"
    for n, window in enumerate(r.mail_windows):
        hit = counters.hit(f"SELECT {{0}}::text, 1, {{1}}::timestamptz{before}", now="{2}")
        parts.add(f"w{n}", hit, window.key, window.end(r.now), r.now)
        before = f" FROM w{n} WHERE hits <= {window.limit:d}"
        mailed = f"EXISTS (SELECT{before})"
    return mailed


def _insert_rows(parts: CommonTables, r: Registration, source: str, mailed: str) -> None:
    """Adds the verification, which has no user if the address is taken, and its mail."""
    free = "EXISTS (SELECT FROM person)"
    whose = insert_select(EmailVerification, user_id=f"CASE WHEN {free} THEN {{}}::uuid END")
    parts.add("verification", f"{whose}{source}", *values_of(r.verification))
    # Behind the values of the mail comes the template that a taken address gets.
    mail = insert_select(
        OutgoingMail,
        letter=f"CASE WHEN {free} THEN {{}} ELSE {{{len(columns_of(OutgoingMail))}}} END",
        recipient=f"CASE WHEN {mailed} THEN {{}} ELSE '' END",
        state=f"CASE WHEN {mailed} THEN {{}} ELSE '{MailState.DECOY}' END",
    )
    parts.add("mail", f"{mail}{source}", *values_of(r.mail), r.taken_template)


def _record(parts: CommonTables, r: Registration, admitted: str) -> None:
    """Adds the audit entry. A free address that has reached its mail limit gets none."""
    parts.add("registered", f"{r.registered_entry.sql} FROM person", *r.registered_entry.values)
    held = f"({admitted} OR EXISTS (SELECT FROM holder))"
    taken = f"{r.taken_entry.sql} WHERE NOT EXISTS (SELECT FROM person) AND {held}"
    parts.add("taken", taken, *r.taken_entry.values)


def _count_anew(parts: CommonTables, r: Registration, source: str) -> None:
    known = "" if r.conceals else " AND EXISTS (SELECT FROM person)"
    parts.add("forgotten", f"{counters.FORGET}{known}", r.address_key)
    parts.add("opened", f"{_COUNT}0, {{1}}{source}", r.verification_key, r.verification_key_ends)
    for n, window in enumerate(r.cooldown_windows):
        parts.add(f"c{n}", f"{_COUNT}1, {{1}}{source}{_ANEW}", window.key, window.end(r.now))
