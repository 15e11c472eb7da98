"""The outbox as operators see it, and retries of failed mails.

Nothing here composes a mail, so it reveals no code and no link.
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
from models import WITHOUT_PROOF, MailState, OutgoingMail, Purpose
from models.sql.database import fetch

# One statement checks that the mail has failed and that its code or link, if it has one, is still
# valid. Only the newest code for a purpose is. The statement resets the mail's age, because a mail
# is given up 24 hours after `created_at` (mail.attempt).
_RETRY = f"""
UPDATE outgoing_mails SET
    state = '{MailState.QUEUED}', attempts = 0, claimed_by = NULL, due_at = $2, created_at = $2
WHERE id = $1 AND state = '{MailState.FAILED}' AND (
    letter IN ({", ".join(f"'{template}'" for template in WITHOUT_PROOF)}) OR EXISTS (
        SELECT 1 FROM email_verifications v JOIN users u ON u.id = v.user_id
        WHERE v.id = outgoing_mails.verification_id
            AND NOT (v.purpose = '{Purpose.REGISTRATION}' AND u.is_verified)
            AND (
                v.link_expires_at > $2 OR v.otp_expires_at > $2
                AND v.id IN (u.verification_id, u.password_reset_id, u.email_change_id)
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
    """The mail cannot be retried: it is queued, sent, or a decoy."""

    state: MailState


@dataclass(frozen=True)
class NoLongerUsable:
    """Its code and link have expired or been replaced, or the address is verified already."""


@dataclass(frozen=True)
class MailNotFound:
    pass


RetryOutcome: TypeAlias = Retried | NotFailed | NoLongerUsable | MailNotFound


async def search(*, state: MailState | None, limit: int) -> list[OutgoingMail]:
    """Up to `limit` mails, newest first. Without a state, all but decoys, which are never sent."""
    wanted = Q(state=state) if state is not None else ~Q(state=MailState.DECOY)
    return await OutgoingMail.filter(wanted).order_by("-id").limit(limit)


async def find(mail_id: UUID) -> OutgoingMail | None:
    return await OutgoingMail.get_or_none(id=mail_id)


async def retry(*, mail_id: UUID, actor: str, env: Environment) -> RetryOutcome:
    """Queues a failed mail again. It is tried at once, and for 24 hours."""
    now = env.clock()
    async with in_transaction():
        queued = await fetch(_RETRY, mail_id, now)
        if queued:
            subject = Subject.address(queued[0]["recipient"], env=env)
            await audit.record(
                Event(Action.MAIL_RETRIED, subject, at=now, actor=actor, detail=f"mail {mail_id}")
            )
            return Retried(mail_id)
    mail = await find(mail_id)
    if mail is None:
        return MailNotFound()
    return NoLongerUsable() if mail.state is MailState.FAILED else NotFailed(mail.state)


async def retry_failed(*, actor: str, env: Environment) -> AsyncIterator[RetryOutcome]:
    """Retries each failed mail in its own transaction, and yields the outcomes."""
    failed = OutgoingMail.filter(state=MailState.FAILED).order_by("id")
    for mail in await failed.only("id"):
        yield await retry(mail_id=mail.id, actor=actor, env=env)
