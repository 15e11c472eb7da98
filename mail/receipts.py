"""Records which mails the server has taken, for all sessions together."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from mail import claims
from models import OutgoingMail

_TOGETHER = 0.005
"""Seconds for which others that are taken as well wait to be recorded by the same statement: one
for each is a fifth of what a mail costs. What a worker that is killed leaves is sent again."""

_log = logging.getLogger("connectx.mail")


class Receipts:
    """What was sent, and is about to be recorded. If the database is away, that is made up for."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._waiting: list[OutgoingMail] = []
        self._recording: asyncio.Task[None] | None = None
        self._trouble: Exception | None = None
        self._one_at_a_time = asyncio.Lock()

    def note(self, mail: OutgoingMail) -> None:
        """Has the mail recorded soon. Raises what kept those before it from being recorded."""
        self._waiting.append(mail)
        if self._trouble is not None:
            raise self._trouble
        if self._recording is None:
            self._recording = asyncio.create_task(self._record_soon())

    async def settle(self) -> None:
        """Returns once all is recorded. Raises what keeps it from being, and may be asked again."""
        if self._recording is not None:
            await asyncio.wait({self._recording})
        self._trouble = None
        await self._record()

    async def _record_soon(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(_TOGETHER)
                await self._record()
        except Exception as error:  # noqa: BLE001 - raised for whoever comes next
            self._trouble = error
        finally:
            self._recording = None

    async def _record(self) -> None:
        """Those of one claim after the other, without those that come meanwhile."""
        async with self._one_at_a_time:
            for together in _by_claim(self._waiting):
                recorded = await claims.report_sent(together, now=self._clock())
                for mail in together:
                    self._waiting.remove(mail)
                    _tell(mail, recorded=mail.id in recorded)


def _tell(mail: OutgoingMail, *, recorded: bool) -> None:
    if recorded:
        _log.info("mail %s: sent, attempt %d", mail.id, mail.attempts)
    else:
        _log.warning("mail %s: sent, but somebody else has it as well", mail.id)


def _by_claim(mails: Sequence[OutgoingMail]) -> list[list[OutgoingMail]]:
    claim_of = attrgetter("claimed_by")
    return [list(each) for _, each in groupby(sorted(mails, key=claim_of), key=claim_of)]
