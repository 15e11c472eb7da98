"""Who waits for an address to be verified, and how they are told."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.limits.concurrency import ConcurrencyLimit
from models.sql.database import as_uuid
from models.sql.select import fetch_among

_TICK = 1.0
"""Seconds by which an end may come late."""

_TICKS_TO_A_LOOK = 10
"""So often everybody who waits is looked up, for a notice that was lost, or that another process
could not send (SQLite has no way to)."""

_VERIFIED = "SELECT id FROM users WHERE is_verified AND id {among}"


class ClosingError(Exception):
    """The process ends; another one can be asked at once."""


@dataclass(frozen=True, eq=False)
class Subscriber:
    """Somebody who waits until `ends_at` for a user, who for a decoy is nobody."""

    user_id: UUID | None
    ends_at: datetime
    over: asyncio.Future[bool]


class Subscribers:
    """All who wait in this process. One loop watches over all of them, with one look at a time."""

    def __init__(self, *, clock: Callable[[], datetime], limit: ConcurrencyLimit) -> None:
        self.limit = limit
        self._clock = clock
        self._waiters: dict[UUID | None, set[Subscriber]] = {}
        self._look = asyncio.Event()
        self._closing = False

    @contextmanager
    def subscribed(
        self, user_id: UUID | None, *, ends_at: datetime
    ) -> Iterator[asyncio.Future[bool]]:
        """A future: True once the user is verified, False once the time is over.

        It raises ClosingError when this process is asked to end.
        """
        if self._closing:
            raise ClosingError
        waiter = Subscriber(user_id, ends_at, asyncio.get_running_loop().create_future())
        together = self._waiters.setdefault(user_id, set())
        together.add(waiter)
        try:
            yield waiter.over
        finally:
            if not waiter.over.cancel() and not waiter.over.cancelled():
                waiter.over.exception()  # looked at, or asyncio complains that nobody did
            together.discard(waiter)
            if not together and self._waiters.get(user_id) is together:
                del self._waiters[user_id]

    def tell(self, user_id: UUID) -> None:
        """Ends the wait of all who wait for this user."""
        for waiter in self._waiters.get(user_id, ()):
            _end(waiter, verified=True)

    def look(self) -> None:
        """Has everybody looked up at once, as after a time in which no notice came."""
        self._look.set()

    def close(self) -> None:
        """Sends everybody away, and admits nobody any more."""
        self._closing = True
        for waiter in self._everybody():
            if not waiter.over.done():
                waiter.over.set_exception(ClosingError())

    async def watch(self) -> None:
        """Ends what is over, until it is cancelled. Raises where the database does not answer."""
        ticks = 0
        while True:
            try:
                await asyncio.wait_for(self._look.wait(), _TICK)
                self._look.clear()
                ticks = _TICKS_TO_A_LOOK
            except TimeoutError:
                ticks += 1
            self._end_what_is_over()
            if ticks >= _TICKS_TO_A_LOOK:
                ticks = 0
                await self._look_up()

    def _end_what_is_over(self) -> None:
        now = self._clock()
        for waiter in self._everybody():
            if waiter.ends_at <= now:
                _end(waiter, verified=False)

    async def _look_up(self) -> None:
        ids = [user_id for user_id in self._waiters if user_id is not None]
        found = await fetch_among(_VERIFIED, ids)
        for row in found:
            self.tell(as_uuid(row["id"]))

    def _everybody(self) -> Iterator[Subscriber]:
        for together in self._waiters.values():
            yield from together


def _end(waiter: Subscriber, *, verified: bool) -> None:
    if not waiter.over.done():
        waiter.over.set_result(verified)
