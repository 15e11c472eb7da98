"""The loop that empties the queue of outgoing mails."""

import asyncio
import logging
import random
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from mail import claims
from mail.courier import Compose, Courier, origin
from mail.transport import Batch, Transport, UnreachableError
from models import OutgoingMail

_FEW = 5
"""Mails for which a session more would cost more than it saves."""

_log = logging.getLogger("connectx.mail")


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How much a worker takes on, and how long it rests."""

    batch_size: int = 20
    """Mails that are claimed at a time."""
    sessions: int = 4
    """With the mail server at a time, one for every few mails of a batch. They wait for it side by
    side: most of a mail's time is the way to a server and back."""
    lease: timedelta = timedelta(minutes=2)
    """How long the mails of a worker that died wait for another one."""
    rest: float = 0.25
    """Seconds between batches that were not full: under load, mails then leave together, which
    costs half of what it does one by one. A mail that comes when none has left goes at once."""
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
        self._outage: UnreachableError | None = None
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Has the loop look at the queue at once, for whoever has just committed a mail."""
        self._woken.set()

    async def run(self) -> None:
        """Sends mails until its task is cancelled, and then lets a mail on its way arrive."""
        while True:
            try:
                await self._deliver_until_idle()
            except Exception as error:  # noqa: BLE001 - the loop outlives every outage
                _log.error("the queue is not available: %s", origin(error))
                await asyncio.sleep(self._pace.pause)
            else:
                if self._outage:
                    await asyncio.sleep(self._pace.pause)

    async def deliver_once(self) -> int:
        """Claims one batch, sends it, and returns how many mails it claimed."""
        async with self._sessions() as sessions:
            return await self._deliver_batch(sessions)

    async def _deliver_until_idle(self) -> None:
        """Keeps its sessions from batch to batch."""
        async with self._sessions() as sessions:
            idle = False
            while not idle:
                self._woken.clear()
                taken = await self._deliver_batch(sessions)
                if 0 < taken < self._pace.batch_size:
                    await asyncio.sleep(self._pace.rest)
                idle = bool(self._outage) or not (taken or await self._woken_in_time())

    async def _woken_in_time(self) -> bool:
        with suppress(TimeoutError):
            return await asyncio.wait_for(self._woken.wait(), self._pace.poll)
        return False

    @asynccontextmanager
    async def _sessions(self) -> AsyncIterator[Sequence[Batch]]:
        """As many as the pace allows, each of which connects when it gets its first mail."""
        every = [self._transport.batch() for _ in range(self._pace.sessions)]
        try:
            yield [await each.__aenter__() for each in every]
        finally:
            # Side by side: a server that no longer answers holds up the end only once.
            await asyncio.gather(*(each.__aexit__(None, None, None) for each in every))

    async def _deliver_batch(self, sessions: Sequence[Batch]) -> int:
        mails = await self._claim()
        waiting = deque(mails)
        needed = sessions[: -(-len(mails) // _FEW)]
        try:
            async with asyncio.TaskGroup() as together:
                ends = [together.create_task(self._empty(waiting, each)) for each in needed]
            outages = [end.result() for end in ends]
            # A server that takes one session and no other is not away.
            self._outage = outages[0] if outages and all(outages) else None
            while self._outage and waiting:
                await self._courier.postpone(waiting[0], self._outage)
                waiting.popleft()
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None
        finally:
            await claims.give_back(waiting, now=self._clock())
        return len(mails)

    async def _empty(self, waiting: deque[OutgoingMail], session: Batch) -> UnreachableError | None:
        """Sends what waits, beside others that do; the outage that ended it, if there was one."""
        while waiting:
            outage = await self._courier.deliver(waiting.popleft(), session)
            if outage:
                return outage
        return None

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
