"""Records which mails the server has taken, those of all sessions together."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from mail import claims
from mail.masking import origin
from models import OutgoingMail

_TOGETHER = 0.005
"""Seconds for which others that are taken as well wait to be recorded by the same statement: one
for each is a fifth of what a mail costs. What a worker that is killed leaves is sent again."""

_MOST = 20
"""Mails that may wait, so that never more than these are sent again: a batch."""

_log = logging.getLogger("connectx.mail")


class Receipts:
    """Mails that have arrived, and are about to be recorded as sent."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._waiting: dict[UUID, OutgoingMail] = {}
        self._recording: asyncio.Task[None] | None = None
        self._trouble: Exception | None = None
        self._one_at_a_time = asyncio.Lock()

    def __contains__(self, mail: OutgoingMail) -> bool:
        return mail.id in self._waiting

    def check(self) -> None:
        """Raises what has kept mails from being recorded: until they are, no other is to leave."""
        if self._trouble is not None:
            raise self._trouble

    async def note(self, mail: OutgoingMail) -> None:
        """Has a mail that has arrived recorded soon; returns at once, unless too many wait."""
        mail.sent_at = self._clock()
        self._waiting[mail.id] = mail
        if self._recording is None:
            self._recording = asyncio.create_task(self._record_soon())
        if len(self._waiting) >= _MOST:
            await asyncio.wait({self._recording})

    async def settle(self) -> None:
        """Records all that have arrived. Where that fails, it raises, and may be called again."""
        if self._recording is not None:
            await asyncio.wait({self._recording})
        self._trouble = None
        await self._record()

    def forget(self) -> None:
        """Gives up those that are left: their claims will end, and then they are sent again."""
        for id_ in self._waiting:
            _log.error("mail %s: sent, and will be again, as that cannot be recorded", id_)
        self._waiting.clear()

    async def _record_soon(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(_TOGETHER)
                await self._record()
        except Exception as error:  # noqa: BLE001 - `check` raises it
            self._trouble = error
        else:
            self._trouble = None
        finally:
            self._recording = None

    async def _record(self) -> None:
        async with self._one_at_a_time:
            waiting = list(self._waiting.values())
            try:
                await self._record_together(waiting)
                await self._record_one_by_one(waiting)
            except Exception as error:
                _log.warning(
                    "%d mails: sent, and not yet recorded: %s", len(self._waiting), origin(error)
                )
                raise

    async def _record_together(self, mails: Sequence[OutgoingMail]) -> None:
        """Without those whose row somebody has locked, which would hold up the others."""
        claim_of = attrgetter("claimed_by")
        for _, claimed in groupby(sorted(mails, key=claim_of), key=claim_of):
            together = list(claimed)
            if len(together) > 1:
                for id_ in await claims.report_all_sent(together, now=self._at(together[0])):
                    self._end(self._waiting[id_], ours=True)

    async def _record_one_by_one(self, mails: Sequence[OutgoingMail]) -> None:
        """Those that are left, each of which is locked, or somebody else's by now, or alone."""
        for mail in mails:
            if mail in self:
                self._end(mail, ours=await claims.report_sent(mail, now=self._at(mail)))

    def _at(self, mail: OutgoingMail) -> datetime:
        return mail.sent_at or self._clock()

    def _end(self, mail: OutgoingMail, *, ours: bool) -> None:
        del self._waiting[mail.id]
        if ours:
            _log.info("mail %s: sent, attempt %d", mail.id, mail.attempts)
        else:
            _log.warning("mail %s: sent, but somebody else has it as well", mail.id)
