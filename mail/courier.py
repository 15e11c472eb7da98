"""Takes one mail at a time to the transport, and records what became of it."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from mail import claims
from mail.backoff import retry_delay
from mail.cancelling import even_if_cancelled
from mail.desk import Desk, Parcel
from mail.masking import origin
from mail.receipts import Receipts
from mail.transport import Batch, SendError, UnreachableError
from models import OutgoingMail

GIVE_UP_AFTER = timedelta(hours=24)
"""Counted from when the mail was made, or an operator had it retried; no mail leaves later."""

_log = logging.getLogger("connectx.mail")


class Courier:
    """Delivers mails that this worker has claimed. One may take half a `lease`."""

    def __init__(
        self,
        *,
        desk: Desk,
        clock: Callable[[], datetime],
        randomness: Callable[[], float],
        lease: timedelta,
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._randomness = randomness
        self._lease = lease
        self._receipts = Receipts(clock=clock)

    async def deliver(self, parcel: Parcel, batch: Batch) -> UnreachableError | None:
        """The outage that stopped a mail, and with it all others; None if it was dealt with.

        A cancellation lets it arrive, if that takes only some seconds.
        """
        try:
            outage = await even_if_cancelled(self._deliver(parcel, batch))
        except asyncio.CancelledError:
            if parcel.mail not in self._receipts:
                await self._cut_off(parcel.mail)
            raise
        self._receipts.check()
        return outage

    async def _cut_off(self, mail: OutgoingMail) -> None:
        # It may arrive twice, as after a crash, but it need not wait for its lease.
        due_at = self._clock()
        await claims.report_retry(mail, due_at=due_at, reason="the sender was stopped")

    async def _deliver(self, parcel: Parcel, batch: Batch) -> UnreachableError | None:
        mail, now = parcel.mail, self._clock()
        if not await self._holds(mail, now):
            _log.warning("mail %s: somebody else has it", mail.id)
        elif now - mail.created_at >= GIVE_UP_AFTER:
            await self._give_up(mail, mail.last_error or "older than 24 hours")
        else:
            try:
                await self._send(parcel, batch)
            except UnreachableError as outage:
                await self.postpone(mail, outage)
                return outage
            except SendError as error:
                await self.postpone(mail, error)
        return None

    async def settle(self) -> None:
        """Records all that have arrived. Where that fails, it raises, and may be called again."""
        await even_if_cancelled(self._receipts.settle())

    def forget(self) -> None:
        """Gives up recording those that are left."""
        self._receipts.forget()

    async def postpone(self, mail: OutgoingMail, error: SendError) -> None:
        """Has a mail tried again later, or gives it up if that would be too late or no use."""
        now = self._clock()
        due_at = now + retry_delay(mail.attempts, self._randomness)
        if error.permanent or due_at - mail.created_at >= GIVE_UP_AFTER:
            await self._give_up(mail, error.reason)
        else:
            await claims.report_retry(mail, due_at=due_at, reason=error.reason)
            _log.warning("mail %s: attempt %d, %s", mail.id, mail.attempts, error.reason)

    async def _holds(self, mail: OutgoingMail, now: datetime) -> bool:
        """Whether the mail is ours, for as long as it may take.

        With most of a lease left, nobody else can have it, even by a clock that is ahead by a
        quarter of it; only a batch that took long asks.
        """
        if mail.due_at - now >= self._lease * 3 / 4:
            return True
        return await claims.renew(mail, until=now + self._lease)

    async def _send(self, parcel: Parcel, batch: Batch) -> None:
        mail = parcel.mail
        try:
            letter = await self._desk.letter(parcel)
            async with asyncio.timeout(self._lease.total_seconds() / 2):
                await batch.send(letter)
        except SendError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad mail does not stop the others
            raise SendError(origin(error)) from None
        await self._receipts.note(mail)

    async def _give_up(self, mail: OutgoingMail, reason: str) -> None:
        await claims.report_failed(mail, reason=reason)
        _log.error("mail %s: given up, %s", mail.id, reason)
