"""One batch of mails, which is claimed, composed, sent over several sessions and recorded."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from mail import outbox
from mail.attempt import Unreachable, attempt
from mail.mail_transport import MailSession
from mail.message.compose import ClaimedMail, Compose, compose_batch
from mail.reports import Reports

_MAILS_PER_SESSION = 5
"""For fewer mails, opening another session costs more than it saves."""


class Batch:
    """The mails that a worker claims and sends together. Use an instance only once."""

    def __init__(
        self,
        *,
        compose: Compose,
        reports: Reports,
        clock: Callable[[], datetime],
        lease: timedelta,
    ) -> None:
        self._compose = compose
        self._reports = reports
        self._clock = clock
        self._lease = lease
        self._waiting: deque[ClaimedMail] = deque()
        self._stopped = False
        self.claimed = 0
        self.outage: Unreachable | None = None
        """Set if every session ended because the mail server was unreachable."""

    def stop(self) -> None:
        """Finishes the mails that are being sent, and starts no others."""
        self._stopped = True

    async def deliver(self, sessions: Sequence[MailSession], *, size: int) -> None:
        """Claims up to `size` due mails and sends them. Gives back those not attempted."""
        now = self._clock()
        mails = await outbox.claim(limit=size, now=now, until=now + self._lease)
        self.claimed = len(mails)
        self._waiting.extend(map(ClaimedMail, mails))
        try:
            self._waiting = deque(await compose_batch(mails, compose=self._compose, now=now))
            await self._send(sessions)
        finally:
            try:
                await self._reports.record_sent()
            finally:
                untried = [claimed.mail for claimed in self._waiting]
                await outbox.give_back(untried, now=self._clock())

    async def _send(self, sessions: Sequence[MailSession]) -> None:
        needed = sessions[: -(-len(self._waiting) // _MAILS_PER_SESSION)]
        outages: list[Unreachable] = []
        for ended in await asyncio.gather(*map(self._send_over, needed), return_exceptions=True):
            if isinstance(ended, BaseException):
                raise ended
            outages += [] if ended is None else [ended]
        # If one session failed and another one worked, the server can be reached.
        if outages and len(outages) == len(needed):
            self.outage = outages[0]
            await self._postpone_all(self.outage)

    async def _send_over(self, session: MailSession) -> Unreachable | None:
        """Sends waiting mails, one after the other. Returns the outage that ended it, or None."""
        while self._waiting and not self._stopped:
            claimed = self._waiting.popleft()
            try:
                outcome = await attempt(
                    claimed, session, compose=self._compose, clock=self._clock, lease=self._lease
                )
                await self._reports.report(claimed.mail, outcome)
            except asyncio.CancelledError:
                await self._reports.report_cut_off(claimed.mail)
                raise
            except Exception:
                self.stop()  # the database is unavailable, so sent mails could not be recorded
                raise
            if isinstance(outcome, Unreachable):
                return outcome
        return None

    async def _postpone_all(self, outage: Unreachable) -> None:
        while self._waiting:
            await self._reports.report(self._waiting[0].mail, outage)
            self._waiting.popleft()
