"""Records the outcomes of attempts in the outbox."""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from mail import outbox
from mail.attempt import (
    AttemptOutcome,
    GivenUp,
    MailDeleted,
    Postponed,
    Sent,
    TakenOver,
    Unreachable,
    lost_claim,
    next_attempt_at,
)
from models import OutgoingMail

_log = logging.getLogger("connectx.mail")


class Reports:
    """Records a worker's outcomes: sent mails together in `record_sent`, others at once."""

    def __init__(self, *, clock: Callable[[], datetime], randomness: Callable[[], float]) -> None:
        self._clock = clock
        self._randomness = randomness
        self._sent: dict[UUID, OutgoingMail] = {}

    async def report(self, mail: OutgoingMail, outcome: AttemptOutcome) -> None:
        """Records what came of an attempt. Sent mails are kept until `record_sent`."""
        match outcome:
            case Sent():
                self._sent[mail.id] = mail
            case Postponed(reason) | Unreachable(reason):
                await self._postpone(mail, reason)
            case GivenUp(reason):
                await self._give_up(mail, reason)
            case TakenOver():
                _log.warning("mail %s: another worker has claimed it", mail.id)
            case MailDeleted():
                _log.info("mail %s: deleted before it was sent", mail.id)

    async def report_cut_off(self, mail: OutgoingMail) -> None:
        """Makes a mail due at once, because the worker was stopped during its attempt.

        The mail may arrive twice, as after a crash, but need not wait for the end of its lease.
        """
        if mail.id not in self._sent:
            await outbox.postpone(mail, due_at=self._clock(), reason="the worker was stopped")

    async def record_sent(self) -> None:
        """Records all mails that were sent. Can be called again if it raises."""
        mails = list(self._sent.values())
        recorded = await outbox.record_sent(mails, now=self._clock())
        for mail in mails:
            if mail.id in recorded:
                del self._sent[mail.id]
                _log.info("mail %s: sent, attempt %d", mail.id, mail.attempts)
        overdue = [mail for mail in self._sent.values() if mail.due_at <= self._clock()]
        stored = await outbox.stored(overdue) if overdue else set()
        for mail in overdue:
            del self._sent[mail.id]
            if mail.id in stored:
                what = "sent, and not recorded: its row is locked, or another worker's"
                _log.warning("mail %s: %s", mail.id, what)
            else:
                _log.info("mail %s: sent, and deleted since", mail.id)

    async def _postpone(self, mail: OutgoingMail, reason: str) -> None:
        due_at = next_attempt_at(mail, now=self._clock(), randomness=self._randomness)
        if due_at is None:
            await self._give_up(mail, reason)
            return
        if await outbox.postpone(mail, due_at=due_at, reason=reason):
            _log.warning("mail %s: attempt %d, %s", mail.id, mail.attempts, reason)
        else:
            await self.report(mail, await lost_claim(mail))

    async def _give_up(self, mail: OutgoingMail, reason: str) -> None:
        if await outbox.fail(mail, reason=reason):
            _log.error("mail %s: given up, %s", mail.id, reason)
        else:
            await self.report(mail, await lost_claim(mail))
