"""The loop that empties the queue of outgoing mails."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from mail.cancelling import check_not_cancelled, side_by_side
from mail.courier import Courier
from mail.desk import Compose, Desk
from mail.masking import origin
from mail.pace import Pace
from mail.stock import Stock
from mail.transport import Batch, Transport, UnreachableError

_FEW = 5
"""Mails for which a session more would cost more than it saves."""

_log = logging.getLogger("connectx.mail")

_DEFAULT_PACE = Pace()


class Delivery:
    """Sends what is due, with as many others as there are on the same database.

    `compose` looks up what mails say (mail.desk). A mail is sent at least once. It is sent twice
    where a server's answer was not recorded: the worker died within milliseconds of it, or was
    stopped and had waited for it too long, or the database went.
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
        self._desk = Desk(compose, clock=clock)
        self._courier = Courier(
            desk=self._desk, clock=clock, randomness=randomness, lease=pace.lease
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
                check_not_cancelled()
                _log.error("the queue is not available: %s", origin(error))
                await asyncio.sleep(self._pace.pause)
            else:
                if self._outage:
                    await asyncio.sleep(self._pace.pause)

    async def deliver_once(self) -> int:
        """Sends what is due, and returns how many mails it claimed."""
        async with self._sessions() as sessions:
            return await self._deliver_due(sessions)

    async def _deliver_until_idle(self) -> None:
        """Keeps its sessions from mail to mail."""
        async with self._sessions() as sessions:
            idle = False
            while not idle:
                self._woken.clear()
                taken = await self._deliver_due(sessions)
                if taken:
                    await asyncio.sleep(self._pace.rest_after(taken))
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

    async def _deliver_due(self, sessions: Sequence[Batch]) -> int:
        stock = Stock(
            desk=self._desk,
            clock=self._clock,
            batch_size=self._pace.batch_size,
            lease=self._pace.lease,
        )
        await self._fill(stock)
        needed = sessions[: -(-len(stock) // _FEW)]
        try:
            outages = await side_by_side([self._empty(stock, each) for each in needed])
            # A server that takes one session and no other is not away.
            self._outage = outages[0] if outages and all(outages) else None
            if (outage := self._outage) is not None:
                await stock.postpone(lambda mail: self._courier.postpone(mail, outage))
        finally:
            try:
                await self._courier.settle()
            finally:
                await stock.give_back()
        return stock.claimed

    async def _fill(self, stock: Stock) -> None:
        """Once what arrived in the round before is recorded, as far as that is possible."""
        try:
            await self._courier.settle()
        except Exception:  # noqa: BLE001 - it has been told
            await stock.fill()  # fails as well if the database is away, and they are kept
            self._courier.forget()
        else:
            await stock.fill()

    async def _empty(self, stock: Stock, session: Batch) -> UnreachableError | None:
        """Sends what there is, beside others that do; the outage that ended it, if one did."""
        while parcel := await stock.take():
            outage = await self._courier.deliver(parcel, session)
            if outage:
                stock.close()  # so that soon there is a round that all sessions are in again
                return outage
        return None
