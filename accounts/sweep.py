"""Removes expired rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.models import Model
from tortoise.transactions import in_transaction

from accounts import audit
from accounts.addresses import masked
from accounts.audit import Action, Event, Subject
from accounts.registration.disown import WORKS_FOR
from accounts.service_tokens.signing_keys import superseded_after
from models import (
    AuditEntry,
    EmailVerification,
    MailState,
    MailTemplate,
    OutgoingMail,
    Session,
    User,
)
from models.sql import deletion
from models.sql.counters import remove_ended
from models.sql.release import release
from models.sql.service_token import remove_superseded

KEEP_SENT_MAILS = WORKS_FOR
"""The link of `accounts.registration.disown` needs the recipient of its mail for as long."""
KEEP_VERIFICATIONS = timedelta(days=30)
"""After they expire, so that a late code or link is reported as expired, and a late link can bring
another mail."""

_BATCH = 1_000
"""Rows per statement, so that no statement holds locks for long."""


@dataclass(frozen=True)
class Swept:
    """How many rows of each kind were removed."""

    sessions: int
    verifications: int
    mails: int
    counters: int
    users: int
    deleted_accounts: int
    audit_entries: int
    signing_keys: int

    def __str__(self) -> str:
        return (
            f"{self.sessions} sessions, {self.verifications} verifications, {self.mails} mails, "
            f"{self.counters} counters, {self.users} unverified users, "
            f"{self.deleted_accounts} accounts whose deletion was due, "
            f"{self.signing_keys} signing keys, {self.audit_entries} audit entries"
        )


async def sweep(*, now: datetime, audit_days: int, unverified_days: int | None = None) -> Swept:
    """Removes expired rows, and returns how many.

    Audit entries are kept for `audit_days`, unverified users for `unverified_days` (None: without
    limit). Any number of workers may sweep at once: each row is removed by one of them.
    """
    users = 0
    if unverified_days is not None:
        long_ago = now - timedelta(days=unverified_days)
        users = await _release(now, created_before=long_ago)
    return Swept(
        sessions=await _remove(Session, expires_at__lte=now),
        # Failed mails that have a verification are deleted together with it.
        mails=await _remove_mails(now),
        verifications=await _remove(EmailVerification, expires_at__lte=now - KEEP_VERIFICATIONS),
        counters=await _remove_counters(now),
        users=users,
        deleted_accounts=await _delete_accounts(now),
        audit_entries=await _remove(AuditEntry, at__lte=now - timedelta(days=audit_days)),
        signing_keys=await remove_superseded(superseded_after=superseded_after(now)),
    )


async def _release(now: datetime, *, created_before: datetime) -> int:
    removed = 0
    while True:
        expired = User.filter(
            is_verified=False, held_until__lte=now, created_at__lte=created_before
        )
        ids = await expired.limit(_BATCH).values_list("id", flat=True)
        if not ids:
            return removed
        async with in_transaction():
            removed += await release(list(ids), now=now)  # type: ignore[arg-type] # flat values are ids


async def _delete_accounts(now: datetime) -> int:
    """Deletes the accounts whose owners have requested it, with an audit entry for each."""
    deleted = 0
    while ids := await deletion.due(now=now, limit=_BATCH):
        async with in_transaction():
            addresses = await deletion.delete_users(ids, due_at=now)
            for address in addresses:
                # The entry of the request has the keyed hash. A sweep needs no key.
                subject = Subject(masked(address))
                event = Event(Action.ACCOUNT_DELETED, subject, at=now, detail="as scheduled")
                await audit.record(event)
        deleted += len(addresses)
    return deleted


async def _remove_mails(now: datetime) -> int:
    removed = await _remove(
        OutgoingMail,
        state__in=[MailState.SENT, MailState.DECOY],
        # Indexed, and within seconds of `sent_at`.
        due_at__lte=now - KEEP_SENT_MAILS,
    )
    # EMAIL_TAKEN belongs to no verification that it could be deleted with.
    removed += await _remove(
        OutgoingMail,
        verification_id=None,  # indexed; hardly any other mail has none
        letter=MailTemplate.EMAIL_TAKEN,
        state=MailState.FAILED,
        due_at__lte=now - KEEP_SENT_MAILS,
    )
    # The address is all that is left of the person. Nobody tries again if it could not be reached.
    return removed + await _remove(
        OutgoingMail,
        verification_id=None,  # indexed; hardly any other mail has none
        letter=MailTemplate.ACCOUNT_DELETED,
        state__in=[MailState.SENT, MailState.FAILED],
    )


async def _remove_counters(now: datetime) -> int:
    removed = 0
    while gone := await remove_ended(now=now, limit=_BATCH):
        removed += gone
    return removed


async def _remove(model: type[Model], **ended: object) -> int:
    removed = 0
    while True:
        ids = await model.filter(**ended).limit(_BATCH).values_list("id", flat=True)
        if not ids:
            return removed
        removed += await model.filter(pk__in=list(ids), **ended).delete()
