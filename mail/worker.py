"""The mail worker: the loop that sends the mails in the outbox."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from mail.attempt import Unreachable
from mail.batch import Batch
from mail.mail_transport import MailSession, Transport
from mail.message.compose import Compose
from mail.redaction import where_raised
from mail.reports import Reports


@dataclass(frozen=True, kw_only=True)
class WorkerOptions:
    """How many mails a worker claims, and how long it waits.

    A deployment sets `sessions` and `lease`. Tests shorten the others.
    """

    batch_size: int = 20
    """Mails in one claim."""
    sessions: int = 4
    """Sessions with the mail server at a time, one for every few mails of a batch. Most of a mail's
    time is spent on waiting for the server, so parallel sessions are faster."""
    lease: timedelta = timedelta(minutes=1)
    """How long the mails of a crashed worker wait until another one can claim them."""
    rest: float = 0.1
    """Seconds of rest for each mail of the last batch. A mail after a quiet time is sent at once.
    At ten mails a second, they are collected into batches."""
    longest_rest: float = 1.0
    """Seconds: the longest rest after a batch."""
    poll: float = 1.0
    """Seconds until the worker reads an empty outbox again."""
    pause: float = 3.0
    """Seconds to wait after the database or the mail server did not answer."""

    def rest_after(self, mails: int) -> float:
        """Seconds of rest after a batch of this many mails."""
        return min(mails * self.rest, self.longest_rest)


_GRACE = 5.0
"""Seconds that mails get to be sent completely when the worker is stopped."""

_log = logging.getLogger("connectx.mail")

_DEFAULT_OPTIONS = WorkerOptions()


class MailWorker:
    """Sends due mails. Any number of workers can share a database.

    No mail is lost: it stays in the outbox until it is sent, given up or deleted. A batch is
    recorded after all of its mails were attempted. If the worker is killed before that, the sent
    mails of the batch are sent again.
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
        """Makes the worker read the outbox at once, as a mail has just been committed."""

    async def run(self) -> None:
        """Sends mails until its task is cancelled. Mails being sent then get `_GRACE` seconds."""
        while True:
            try:
                outage = await self._deliver_until_idle()
            except Exception as error:  # noqa: BLE001 - the loop survives every outage
                _raise_if_cancelled()
                _log.error("the outbox is not available: %s", where_raised(error))
                await asyncio.sleep(self._options.pause)
            else:
                if outage is not None:
                    await asyncio.sleep(self._options.pause)

    async def deliver_due(self) -> int:
        """Sends the mails that are due now, and returns how many were claimed."""
        claimed = 0
        async with self._sessions() as sessions:
            while True:
                batch = await self._deliver_batch(sessions)
                claimed += batch.claimed
                if batch.outage is not None or batch.claimed < self._options.batch_size:
                    return claimed

    async def _deliver_until_idle(self) -> Unreachable | None:
        """Sends batches over the same sessions until none is due (None), or until an outage."""
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
        # Not `wait_for`: on Python 3.11, it drops a cancellation that comes with the event.
        with suppress(TimeoutError):
            async with asyncio.timeout(self._options.poll):
                return await self._woken.wait()
        return False

    @asynccontextmanager
    async def _sessions(self) -> AsyncIterator[Sequence[MailSession]]:
        """All sessions that the options allow. Each connects when it gets its first mail."""
        every = [self._transport.session() for _ in range(self._options.sessions)]
        try:
            yield [await each.__aenter__() for each in every]
        finally:
            # In parallel, so that a server that does not answer delays the end only once.
            await asyncio.gather(*(each.__aexit__(None, None, None) for each in every))

    async def _deliver_batch(self, sessions: Sequence[MailSession]) -> Batch:
        """Sends one batch. On cancellation, mails being sent get `_GRACE` seconds."""
        await self._reports.record_sent()  # those that an outage kept from being recorded
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
    """Raises the CancelledError that another exception has replaced, if there was one."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
