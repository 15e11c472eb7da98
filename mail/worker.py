"""The mail worker: the loop that sends what is in the outbox."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from mail.attempt import Unreachable
from mail.batch import Batch
from mail.compose import Compose
from mail.redaction import where_raised
from mail.reports import Reports
from mail.transport import MailSession, Transport


@dataclass(frozen=True, kw_only=True)
class WorkerOptions:
    """How many mails a worker takes on, and how long it waits."""

    batch_size: int = 20
    """Mails that are claimed at a time."""
    sessions: int = 4
    """Sessions with the mail server at a time, one for every few mails of a batch. Most of a mail's
    time is the way to the server and back, so sessions that wait side by side pay."""
    lease: timedelta = timedelta(minutes=2)
    """How long the mails of a worker that died wait for another one."""
    rest: float = 0.1
    """Seconds of rest for each mail that has just left. After a pause a mail leaves at once; where
    ten a second come, they gather."""
    longest_rest: float = 1.0
    """Seconds."""
    poll: float = 1.0
    """Seconds until an empty outbox is looked at again."""
    pause: float = 3.0
    """Seconds of rest when the database or the mail server does not answer."""

    def rest_after(self, mails: int) -> float:
        """Seconds for which the outbox is left alone after so many mails have left."""
        return min(mails * self.rest, self.longest_rest)


_GRACE = 5.0
"""Seconds for mails on their way to arrive when the worker is stopped."""

_log = logging.getLogger("connectx.mail")

_DEFAULT_OPTIONS = WorkerOptions()


class MailWorker:
    """Sends what is due, beside any number of other workers on the same database.

    Each mail is sent at least once. A batch is recorded once all of its mails have been tried, so
    what a worker has sent of a batch is sent again if the worker is killed before that.
    """

    def __init__(
        self,
        *,
        transport: Transport,
        compose: Compose,
        clock: Callable[[], datetime],
        randomness: Callable[[], float] = random.random,
        options: WorkerOptions = _DEFAULT_OPTIONS,
    ) -> None:
        self._transport = transport
        self._compose = compose
        self._clock = clock
        self._options = options
        self._reports = Reports(clock=clock, randomness=randomness)
        self._woken = asyncio.Event()
        self.wake = self._woken.set
        """Has the worker look into the outbox at once: a mail has just been committed."""

    async def run(self) -> None:
        """Sends mails until its task is cancelled. Mails on their way get some seconds then."""
        while True:
            try:
                outage = await self._deliver_until_idle()
            except Exception as error:  # noqa: BLE001 - the loop outlives every outage
                _raise_if_cancelled()
                _log.error("the queue is not available: %s", where_raised(error))
                await asyncio.sleep(self._options.pause)
            else:
                if outage is not None:
                    await asyncio.sleep(self._options.pause)

    async def deliver_due(self) -> int:
        """Sends what is due now, and returns how many mails that was."""
        claimed = 0
        async with self._sessions() as sessions:
            while True:
                batch = await self._deliver_batch(sessions)
                claimed += batch.claimed
                if batch.outage is not None or batch.claimed < self._options.batch_size:
                    return claimed

    async def _deliver_until_idle(self) -> Unreachable | None:
        """Sends batch after batch over the same sessions; the outage that ended it, if one did."""
        async with self._sessions() as sessions:
            while True:
                self._woken.clear()
                batch = await self._deliver_batch(sessions)
                if batch.outage is not None:
                    return batch.outage
                if batch.claimed == 0 and not await self._woken_in_time():
                    return None
                if batch.claimed < self._options.batch_size:
                    await asyncio.sleep(self._options.rest_after(batch.claimed))

    async def _woken_in_time(self) -> bool:
        with suppress(TimeoutError):
            return await asyncio.wait_for(self._woken.wait(), self._options.poll)
        return False

    @asynccontextmanager
    async def _sessions(self) -> AsyncIterator[Sequence[MailSession]]:
        """As many as the options allow. Each connects when it gets its first mail."""
        every = [self._transport.session() for _ in range(self._options.sessions)]
        try:
            yield [await each.__aenter__() for each in every]
        finally:
            # Side by side: a server that no longer answers holds up the end only once.
            await asyncio.gather(*(each.__aexit__(None, None, None) for each in every))

    async def _deliver_batch(self, sessions: Sequence[MailSession]) -> Batch:
        """One batch. A cancellation gives the mails on their way some seconds to arrive."""
        await self._reports.record_sent()  # what an outage has kept from being recorded
        batch = Batch(
            compose=self._compose,
            reports=self._reports,
            clock=self._clock,
            lease=self._options.lease,
        )
        size = self._options.batch_size
        delivering = asyncio.create_task(batch.deliver(sessions, size=size), name="mail batch")
        try:
            await asyncio.shield(delivering)
        except asyncio.CancelledError:
            batch.stop()
            await asyncio.wait({delivering}, timeout=_GRACE)
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)
            raise
        return batch


def _raise_if_cancelled() -> None:
    """Raises the CancelledError in whose place an outage came, if one did."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
