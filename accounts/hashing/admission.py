"""Admission control: decides who may wait for a password hash, and whose turn is next.

What people feel is how long they wait, not how many wait with them. So a request is admitted if the
hashes before it take no longer than `longest_wait` seconds, and waits for its turn. Otherwise it is
refused at once, and told when to come back (RFC 9110, 10.2.3: Retry-After). The expected wait is
the number of hashes before it, times their mean duration, divided by the number of threads.

Registrations and logins wait in two queues, which are served in turn: a crowd in one of them does
not keep the other one waiting.
"""

import logging
import math
import random
import time
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from typing import Any

from accounts.hashing.jobs import Job, Queue

LONGEST_WAIT = 2.0
"""Seconds; the default."""

_MOST_WAITING = 10_000
"""Jobs in all queues. Each takes a few KiB, so this bounds memory if hashes are quick."""

_FIRST_SECONDS = 0.02
"""The duration of a hash until one has ended. With OWASP's parameters it is 0.011 to 0.019 s on the
machine of benchmarks/README.md."""

_NEWEST = 0.1
"""The weight of the newest duration in the mean (an exponentially weighted moving average)."""

_log = logging.getLogger("connectx.hashing")


class Busy(Exception):  # noqa: N818 - an expected answer, not an error
    """The wait for a hash would be too long. `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"hashing is at its limit, retry after {retry_after} s")
        self.retry_after = retry_after


@dataclass(frozen=True)
class Load:
    """How busy the hashing of this process is."""

    running: int
    waiting: int
    wait_seconds: dict[Queue, float]
    """How long the next request in each queue would wait."""
    refused: int
    """Requests since the start."""


class Admission:
    """Queues of jobs for `threads` threads. All methods may be called in any thread."""

    def __init__(self, *, threads: int, longest_wait: float = LONGEST_WAIT) -> None:
        self._threads = threads
        self._longest_wait = longest_wait
        self._lock = Lock()
        self._queues = {queue: OrderedDict[Job[Any], None]() for queue in Queue}
        self._turns = deque(self._queues.values())
        self._mean_seconds: dict[str, float] = {}
        self._running = 0
        self._refused = 0
        self._logged_at = -math.inf

    def check(self, queue: Queue) -> None:
        """Raises Busy if the wait in this queue is too long. It queues nothing."""
        with self._lock:
            wait, waiting = self._wait(queue), self._waiting()
            if wait <= self._longest_wait and waiting < _MOST_WAITING:
                return
            self._refused += 1
        self._log_refusal(wait, waiting)
        # Spread over some seconds, as all who are refused would come back together otherwise.
        raise Busy(retry_after=max(1, math.ceil(wait * random.uniform(1, 3))))  # noqa: S311 - no secret

    def enter(self, queue: Queue, job: Job[Any]) -> None:
        """Queues the job until its turn, or until its result is cancelled. Raises Busy."""
        self.check(queue)
        with self._lock:
            self._queues[queue][job] = None
        job.result.add_done_callback(lambda _: self._remove(queue, job))

    def next(self) -> Job[Any] | None:
        """The job whose turn it is, to be run at once; None if nobody waits."""
        while (job := self._first()) is not None:
            if not job.result.set_running_or_notify_cancel():
                continue
            if job.is_wanted():
                with self._lock:
                    self._running += 1
                return job
            job.result.set_exception(Busy(retry_after=1))
        return None

    def ended(self, job: Job[Any], seconds: float) -> None:
        """Records how long a job took that `next` has returned."""
        with self._lock:
            self._running -= 1
            before = self._mean_seconds.get(job.kind, seconds)
            self._mean_seconds[job.kind] = before + _NEWEST * (seconds - before)

    def close(self) -> None:
        """Cancels everybody who waits."""
        with self._lock:
            jobs = [job for jobs in self._queues.values() for job in jobs]
        for job in jobs:
            job.result.cancel()

    def load(self) -> Load:
        with self._lock:
            waits = {queue: self._wait(queue) for queue in Queue}
            return Load(self._running, self._waiting(), waits, self._refused)

    def _first(self) -> Job[Any] | None:
        """Takes the first job out of the queue whose turn it is."""
        with self._lock:
            for jobs in tuple(self._turns):
                self._turns.rotate(-1)
                if jobs:
                    return jobs.popitem(last=False)[0]
        return None

    def _remove(self, queue: Queue, job: Job[Any]) -> None:
        with self._lock:
            self._queues[queue].pop(job, None)

    def _waiting(self) -> int:
        return sum(map(len, self._queues.values()))

    def _wait(self, queue: Queue) -> float:
        """Seconds until the turn of a job that enters this queue."""
        own = self._queues[queue]
        ahead = self._seconds(own)
        for jobs in self._turns:
            if jobs is not own:
                # One job of the other queue comes before each of this queue.
                ahead += self._seconds(islice(jobs, len(own) + 1))
        return ahead / self._threads

    def _seconds(self, jobs: Iterable[Job[Any]]) -> float:
        # A new kind is taken for the slowest one.
        slowest = max(self._mean_seconds.values(), default=_FIRST_SECONDS)
        return sum(self._mean_seconds.get(job.kind, slowest) for job in jobs)

    def _log_refusal(self, wait: float, waiting: int) -> None:
        # Once a second: a log line for each refusal would be most of its cost.
        now = time.monotonic()
        if now >= self._logged_at + 1:
            self._logged_at = now
            _log.warning(
                "hashing is at its limit: %d requests wait, a further one would wait %.1f s",
                waiting,
                wait,
            )
