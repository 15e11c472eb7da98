"""The queue that all workers on all nodes share: who may send a mail, and what became of it.

Each statement is conditional on the claim, so a worker that was slow, or was taken for dead,
changes nothing any more once another one has the mail.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from tortoise.expressions import F
from tortoise.queryset import QuerySet

from models import MailState, OutgoingMail
from models.database import as_uuid, dialect, fetch
from models.reading import columns, fetch_among, made

# The CTE is materialized because PostgreSQL may run a subquery in an IN more than once, and each
# run would skip what the one before has locked: more mails than the limit.
_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id FROM outgoing_mails
    WHERE state = 'queued' AND due_at <= $1 ORDER BY due_at LIMIT $2 {lock}
)
UPDATE outgoing_mails SET due_at = $3, claimed_by = $4, attempts = attempts + 1
WHERE id IN (SELECT id FROM due) RETURNING {columns}
"""
# A mail that was sent keeps its claim: who recorded it, and lost the answer, may ask again.
_SENT = """
UPDATE outgoing_mails SET state = 'sent', sent_at = $3, last_error = NULL
WHERE id = $1 AND claimed_by = $2 AND state IN ('queued', 'sent') RETURNING id
"""
_ALL_SENT = """
WITH ours AS MATERIALIZED (
    SELECT id FROM outgoing_mails
    WHERE id {{among}} AND claimed_by = $2 AND state IN ('queued', 'sent') {lock}
)
UPDATE outgoing_mails SET state = 'sent', sent_at = $3, last_error = NULL
WHERE id IN (SELECT id FROM ours) RETURNING id
"""


async def claim(*, limit: int, now: datetime, until: datetime) -> list[OutgoingMail]:
    """Up to `limit` due mails, which nobody else gets before `until`."""
    claim = _CLAIM.format(lock=_lock(), columns=columns(OutgoingMail))
    rows = await fetch(claim, now, limit, until, uuid4())
    return sorted((made(OutgoingMail, row) for row in rows), key=lambda mail: mail.id)


async def renew(mail: OutgoingMail, *, until: datetime) -> bool:
    """Whether the mail is still this claim's, and then it is until `until`."""
    return bool(await _ours(mail).update(due_at=until))


async def report_sent(mail: OutgoingMail, *, now: datetime) -> bool:
    """Whether the mail is recorded, now or before, by this claim."""
    return bool(await fetch(_SENT, mail.id, mail.claimed_by, now))


async def report_all_sent(mails: Sequence[OutgoingMail], *, now: datetime) -> set[UUID]:
    """The ids of those that are recorded; all must be of one claim.

    Not of those that are somebody else's by now, nor of those whose row somebody has locked.
    """
    statement = _ALL_SENT.format(lock=_lock())
    rows = await fetch_among(statement, [mail.id for mail in mails], mails[0].claimed_by, now)
    return {as_uuid(row["id"]) for row in rows}


async def report_retry(mail: OutgoingMail, *, due_at: datetime, reason: str) -> bool:
    return bool(await _ours(mail).update(due_at=due_at, claimed_by=None, last_error=reason))


async def report_failed(mail: OutgoingMail, *, reason: str) -> bool:
    return bool(
        await _ours(mail).update(state=MailState.FAILED, claimed_by=None, last_error=reason)
    )


async def give_back(mails: Sequence[OutgoingMail], *, now: datetime) -> None:
    """Lets others have claimed mails that were not tried, at once and at no cost."""
    if mails:
        await OutgoingMail.filter(
            id__in=[mail.id for mail in mails],
            claimed_by__in={mail.claimed_by for mail in mails},
            state=MailState.QUEUED,
        ).update(due_at=now, claimed_by=None, attempts=F("attempts") - 1)


def _lock() -> str:
    # SQLite has one writer at a time, and its update is the lock.
    return "FOR UPDATE SKIP LOCKED" if dialect() == "postgres" else ""


def _ours(mail: OutgoingMail) -> QuerySet[OutgoingMail]:
    return OutgoingMail.filter(id=mail.id, claimed_by=mail.claimed_by, state=MailState.QUEUED)
