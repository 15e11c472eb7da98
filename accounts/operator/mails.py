"""The queue of mails, as an operator sees it and has a failed mail tried again.

Nothing here composes a mail, so no code and no link can come out of it.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.verification.issue import MailTemplate
from models import MailState, OutgoingMail
from models.sql.database import fetch

# One statement decides: the mail has failed, and what it carries can still be used. Its age counts
# from now on, as mails are given up 24 hours after they were made (mail.attempt).
_RETRY = f"""
UPDATE outgoing_mails SET
    state = '{MailState.QUEUED}', attempts = 0, claimed_by = NULL, due_at = $2, created_at = $2
WHERE id = $1 AND state = '{MailState.FAILED}' AND (
    letter <> '{MailTemplate.VERIFICATION}' OR EXISTS (
        SELECT 1 FROM email_verifications v JOIN users u ON u.id = v.user_id
        WHERE v.id = outgoing_mails.verification_id AND u.is_verified = FALSE AND (
            v.link_expires_at > $2 OR v.otp_expires_at > $2 AND u.verification_id = v.id
        )
    )
)
RETURNING recipient
"""  # noqa: S608 - values of enums


@dataclass(frozen=True)
class Retried:
    mail_id: UUID


@dataclass(frozen=True)
class NotFailed:
    """There is nothing to try again: the mail waits, has left, or never leaves."""

    state: MailState


@dataclass(frozen=True)
class NoLongerOfUse:
    """Its code and link have ended or been replaced, or the address is verified already."""


@dataclass(frozen=True)
class NoSuchMail:
    pass


RetryOutcome: TypeAlias = Retried | NotFailed | NoLongerOfUse | NoSuchMail


async def search(*, state: MailState | None, limit: int) -> list[OutgoingMail]:
    """Up to `limit` mails, the newest first. Without a state, all but decoys, which never leave."""
    wanted = Q(state=state) if state is not None else ~Q(state=MailState.DECOY)
    return await OutgoingMail.filter(wanted).order_by("-id").limit(limit)


async def find(mail_id: UUID) -> OutgoingMail | None:
    return await OutgoingMail.get_or_none(id=mail_id)


async def retry(*, mail_id: UUID, actor: str, env: Environment) -> RetryOutcome:
    """Has a failed mail tried again from the start: at once, and for 24 hours."""
    now = env.clock()
    async with in_transaction():
        queued = await fetch(_RETRY, mail_id, now)
        if queued:
            subject = Subject.address(queued[0]["recipient"], keys=env.keys)
            await audit.record(
                Event(Action.MAIL_RETRIED, subject, at=now, actor=actor, detail=f"mail {mail_id}")
            )
            return Retried(mail_id)
    mail = await find(mail_id)
    if mail is None:
        return NoSuchMail()
    return NoLongerOfUse() if mail.state is MailState.FAILED else NotFailed(mail.state)


async def retry_failed(*, actor: str, env: Environment) -> AsyncIterator[RetryOutcome]:
    """What became of each mail that has failed. Each is a transaction of its own."""
    failed = OutgoingMail.filter(state=MailState.FAILED).order_by("id")
    for mail in await failed.only("id"):
        yield await retry(mail_id=mail.id, actor=actor, env=env)
