"""Clients that wait until a user is verified or has another address, and their notification."""

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
"""Seconds between checks for expired subscriptions."""

_TICKS_PER_POLL = 10
"""Ticks between polls of the database. Polls replace notifications that were lost, or that another
process could not send (SQLite cannot)."""

_DONE = """
SELECT id FROM users WHERE is_verified AND id {among}
UNION ALL
SELECT v.id FROM email_verifications v JOIN users u ON u.id = v.user_id
WHERE v.purpose = 'EMAIL_CHANGE' AND u.email = v.new_email AND v.id {among}
"""


class ClosingError(Exception):
    """The process shuts down. Clients can ask another one at once."""


@dataclass(frozen=True, eq=False)
class Subscriber:
    """A client that waits until `ends_at` for a user who registers, or for a change of an address.

    `awaited_id` is the user's, or the verification's; None for a decoy.
    """

    awaited_id: UUID | None
    ends_at: datetime
    outcome: asyncio.Future[bool]


class Subscribers:
    """All subscribers of this process. One loop serves them all, one poll at a time."""

    def __init__(self, *, clock: Callable[[], datetime], limit: ConcurrencyLimit) -> None:
        self.limit = limit
        self._clock = clock
        self._waiters: dict[UUID | None, set[Subscriber]] = {}
        self._poll_now = asyncio.Event()
        self._closing = False

    @contextmanager
    def subscribed(
        self, awaited_id: UUID | None, *, ends_at: datetime
    ) -> Iterator[asyncio.Future[bool]]:
        """Yields a future: True once it is done, False once the time is over.

        The future raises ClosingError when this process shuts down.
        """
        if self._closing:
            raise ClosingError
        waiter = Subscriber(awaited_id, ends_at, asyncio.get_running_loop().create_future())
        together = self._waiters.setdefault(awaited_id, set())
        together.add(waiter)
        try:
            yield waiter.outcome
        finally:
            if not waiter.outcome.cancel() and not waiter.outcome.cancelled():
                waiter.outcome.exception()  # asyncio logs exceptions that nobody retrieves
            together.discard(waiter)
            if not together and self._waiters.get(awaited_id) is together:
                del self._waiters[awaited_id]

    def notify(self, done_id: UUID) -> None:
        """Ends the subscriptions to this user, who was verified, or this change of an address."""
        for waiter in self._waiters.get(done_id, ()):
            _end(waiter, verified=True)

    def poll_now(self) -> None:
        """Polls the database at once, as after a time without notifications."""
        self._poll_now.set()

    def close(self) -> None:
        """Ends all subscriptions with ClosingError, and accepts no more."""
        self._closing = True
        for waiter in self._all_waiters():
            if not waiter.outcome.done():
                waiter.outcome.set_exception(ClosingError())

    async def watch(self) -> None:
        """Ends subscriptions that are over, until cancelled. Raises if the database is down."""
        ticks = 0
        while True:
            try:
                # Not `wait_for`: on Python 3.11, it drops a cancellation that comes with the event.
                async with asyncio.timeout(_TICK):
                    await self._poll_now.wait()
                self._poll_now.clear()
                ticks = _TICKS_PER_POLL
            except TimeoutError:
                ticks += 1
            self._end_expired()
            if ticks >= _TICKS_PER_POLL:
                ticks = 0
                await self._poll()

    def _end_expired(self) -> None:
        now = self._clock()
        for waiter in self._all_waiters():
            if waiter.ends_at <= now:
                _end(waiter, verified=False)

    async def _poll(self) -> None:
        ids = [awaited_id for awaited_id in self._waiters if awaited_id is not None]
        found = await fetch_among(_DONE, ids)
        for row in found:
            self.notify(as_uuid(row["id"]))

    def _all_waiters(self) -> Iterator[Subscriber]:
        for together in self._waiters.values():
            yield from together


def _end(waiter: Subscriber, *, verified: bool) -> None:
    if not waiter.outcome.done():
        waiter.outcome.set_result(verified)
