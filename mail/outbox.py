"""The outbox: the table of outgoing mails, which all workers on all nodes share.

A worker claims mails for the length of a lease, and then reports their outcomes. A report takes
effect only while its claim holds: once another worker has claimed the mail, the late report of a
slow worker changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from tortoise.expressions import F
from tortoise.queryset import QuerySet

from models import MailState, OutgoingMail
from models.sql.database import as_moment, as_uuid, fetch, skip_locked
from models.sql.select import fetch_among, model_of, select_list

# The CTE is materialized, as PostgreSQL may run a subquery in an IN more than once. Each run would
# skip the rows that the one before locked, and so claim more mails than the limit.
_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id FROM outgoing_mails
    WHERE state = 'queued' AND due_at <= $1 ORDER BY due_at LIMIT $2 {lock}
)
UPDATE outgoing_mails SET due_at = $3, claimed_by = $4, attempts = attempts + 1
WHERE id IN (SELECT id FROM due) RETURNING {columns}
"""
# A sent mail keeps its claim, so that a worker that lost the database's answer can record it again.
# Locked rows are skipped, so that they do not delay the others.
_RECORD_SENT = """
WITH claimed AS MATERIALIZED (
    SELECT id FROM outgoing_mails
    WHERE id {{among}} AND claimed_by = $2 AND state IN ('queued', 'sent') {lock}
)
UPDATE outgoing_mails SET state = 'sent', sent_at = $3, last_error = NULL
WHERE id IN (SELECT id FROM claimed) RETURNING id
"""
_BACKLOG = """
SELECT state, count(*) AS mails, min(created_at) AS oldest FROM outgoing_mails
WHERE state IN ('queued', 'failed') GROUP BY state
"""


async def claim(*, limit: int, now: datetime, until: datetime) -> list[OutgoingMail]:
    """Claims up to `limit` due mails. No other worker can claim them before `until`."""
    statement = _CLAIM.format(lock=skip_locked(), columns=select_list(OutgoingMail))
    rows = await fetch(statement, now, limit, until, uuid4())
    return sorted((model_of(OutgoingMail, row) for row in rows), key=lambda mail: mail.id)


async def renew(mail: OutgoingMail, *, until: datetime) -> bool:
    """Extends the lease of a mail. Returns False if it is another worker's now, or deleted."""
    return bool(await _claimed(mail).update(due_at=until))


async def stored(mails: Sequence[OutgoingMail]) -> set[UUID]:
    """The ids of those mails that are not deleted, whoever has claimed them."""
    rows = await OutgoingMail.filter(id__in=[mail.id for mail in mails]).values_list("id")
    return {row[0] for row in rows}


async def record_sent(mails: Sequence[OutgoingMail], *, now: datetime) -> set[UUID]:
    """Records mails as sent. Returns the ids of those that are recorded, now or by an earlier call.

    Mails whose row is deleted, locked or claimed by another worker are not among them. Executes one
    statement for each claim.
    """
    statement = _RECORD_SENT.format(lock=skip_locked())
    recorded: set[UUID] = set()
    for claim_id in {mail.claimed_by for mail in mails}:
        ids = [mail.id for mail in mails if mail.claimed_by == claim_id]
        rows = await fetch_among(statement, ids, claim_id, now)
        recorded |= {as_uuid(row["id"]) for row in rows}
    return recorded


async def postpone(mail: OutgoingMail, *, due_at: datetime, reason: str) -> bool:
    """Gives a mail back, due at `due_at`. False if it is another worker's now, or deleted."""
    return bool(await _claimed(mail).update(due_at=due_at, claimed_by=None, last_error=reason))


async def fail(mail: OutgoingMail, *, reason: str) -> bool:
    """Marks a mail as failed. False if it is another worker's now, or deleted."""
    return bool(
        await _claimed(mail).update(state=MailState.FAILED, claimed_by=None, last_error=reason)
    )


async def give_back(mails: Sequence[OutgoingMail], *, now: datetime) -> None:
    """Gives back mails that were not attempted: due at once, and without counting an attempt."""
    if mails:
        await OutgoingMail.filter(
            id__in=[mail.id for mail in mails],
            claimed_by__in={mail.claimed_by for mail in mails},
            state=MailState.QUEUED,
        ).update(due_at=now, claimed_by=None, attempts=F("attempts") - 1)


@dataclass(frozen=True)
class Backlog:
    """How many mails are queued, and how many failed mails have not been deleted yet."""

    queued: int = 0
    failed: int = 0
    oldest_seconds: float = 0.0
    """Seconds since the oldest queued mail was created; 0 if none is queued."""


async def backlog(*, now: datetime) -> Backlog:
    """The backlog of all nodes, read in one statement."""
    found = {row["state"]: row for row in await fetch(_BACKLOG)}
    counts = {state: row["mails"] for state, row in found.items()}
    age = 0.0
    if "queued" in found:
        age = max(0.0, (now - as_moment(found["queued"]["oldest"])).total_seconds())
    return Backlog(counts.get("queued", 0), counts.get("failed", 0), age)


def _claimed(mail: OutgoingMail) -> QuerySet[OutgoingMail]:
    return OutgoingMail.filter(id=mail.id, claimed_by=mail.claimed_by, state=MailState.QUEUED)
