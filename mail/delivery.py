"""The loop that empties the queue of outgoing mails."""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from mail import claims
from mail.courier import Compose, Courier, origin
from mail.transport import Batch, Transport, UnreachableError
from models import OutgoingMail

_GRACE = 5.0
"""Seconds that a mail on its way gets to arrive when the loop is stopped."""

_T = TypeVar("_T")

_log = logging.getLogger("connectx.mail")


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How much a worker takes on, and how long it rests."""

    batch_size: int = 20
    """Mails in one session with the mail server."""
    lease: timedelta = timedelta(minutes=2)
    """How long the mails of a worker that died wait for another one."""
    poll: float = 1.0
    """Seconds until an empty queue is looked at again."""
    pause: float = 3.0
    """Seconds of rest when the database or the mail server does not answer."""


_DEFAULT_PACE = Pace()


class Delivery:
    """Sends what is due, with as many others as there are on the same database.

    `compose` gives the letter for a mail, or None if it makes no sense any more. A mail is sent at
    least once: twice only if a worker dies, or the database goes, between a server's answer and
    its record.
    """

    def __init__(
        self,
        *,
        transport: Transport,
        compose: Compose,
        clock: Callable[[], datetime],
        randomness: Callable[[], float] = random.random,
        pace: Pace = _DEFAULT_PACE,
    ) -> None:
        self._transport = transport
        self._clock = clock
        self._pace = pace
        self._courier = Courier(
            compose=compose, clock=clock, randomness=randomness, lease=pace.lease
        )
        self._reachable = True
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Has the loop look at the queue at once, for whoever has just committed a mail."""
        self._woken.set()

    async def run(self) -> None:
        """Sends mails until its task is cancelled, and then lets a mail on its way arrive."""
        while True:
            self._woken.clear()
            try:
                taken = await self.deliver_once()
            except Exception as error:  # noqa: BLE001 - the loop outlives every outage
                _log.error("the queue is not available: %s", origin(error))
                await asyncio.sleep(self._pace.pause)
                continue
            if not self._reachable:
                await asyncio.sleep(self._pace.pause)
            elif not taken:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), self._pace.poll)

    async def deliver_once(self) -> int:
        """Claims one batch, sends it in one session, and returns how many mails it claimed."""
        mails = await self._claim()
        waiting = deque(mails)
        self._reachable = True
        try:
            async with self._transport.batch() as batch:
                while waiting:
                    outage = await self._deliver(waiting.popleft(), batch)
                    while outage and waiting:
                        await self._courier.postpone(waiting[0], outage)
                        waiting.popleft()
                    self._reachable = outage is None
        finally:
            await claims.give_back(waiting, now=self._clock())
        return len(mails)

    async def _deliver(self, mail: OutgoingMail, batch: Batch) -> UnreachableError | None:
        try:
            return await _even_if_cancelled(self._courier.deliver(mail, batch))
        except asyncio.CancelledError:
            # Cut off, it may arrive twice, as after a crash, but it need not wait for its lease.
            await claims.report_retry(mail, due_at=self._clock(), reason="the sender was stopped")
            raise

    async def _claim(self) -> list[OutgoingMail]:
        """One batch of mails; a cancellation in the middle of the claim leaves none claimed."""
        now = self._clock()
        claiming = asyncio.create_task(
            claims.claim(limit=self._pace.batch_size, now=now, until=now + self._pace.lease)
        )
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            await claims.give_back(await claiming, now=self._clock())
            raise


async def _even_if_cancelled(work: Coroutine[object, object, _T]) -> _T:
    """The result of `work`, which a cancellation gives some seconds to come to its end.

    A mail of which nobody knows whether it arrived would be sent again.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=_GRACE)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
