"""Admission control: decides whether a request may wait for a password hash."""

import logging
import math
import time

WAITING_PER_THREAD = 3
"""The default. An admitted request then waits for at most four hashes, its own included; under
overload, for three. benchmarks/README.md has the measurements."""

_log = logging.getLogger("connectx.hashing")


class Busy(Exception):  # noqa: N818 - an expected answer, not an error
    """The queue for hashing is full. `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"hashing is at its limit, retry after {retry_after} s")
        self.retry_after = retry_after


class Admission:
    """Slots for `served` requests that run, and for `waiting` requests in a queue behind them.

    Under overload a long queue serves no more requests, and makes all of them wait. So once
    `waiting` requests were refused, the queue is halved, until at least half of the running slots
    are free. Bursts are still admitted, and under overload each admitted request waits for fewer
    hashes.
    """

    def __init__(self, *, served: int, waiting: int) -> None:
        self._served = served
        self._waiting = waiting
        self._refused = 0
        """Refusals since half of the running slots were last free."""
        self._logged_at = -math.inf
        self.taken = 0

    def check(self) -> None:
        """Raises Busy if no slot is free. It takes none."""
        if self.taken >= self._served + self._queue_length():
            self._refused += 1
            self._log_that_it_is_full()
            raise Busy(retry_after=1)

    def enter(self) -> None:
        """Takes a slot until `leave`. Raises Busy if none is free."""
        self.check()
        self.taken += 1

    def leave(self) -> None:
        """Releases a slot."""
        self.taken -= 1
        if 2 * self.taken <= self._served:
            self._refused = 0

    def _queue_length(self) -> int:
        return self._waiting if self._refused < self._waiting else -(-self._waiting // 2)

    def _log_that_it_is_full(self) -> None:
        # Once a second: a log line for each refusal would be most of its cost.
        now = time.monotonic()
        if now >= self._logged_at + 1:
            self._logged_at = now
            _log.warning(
                "the hashing queue is full: %d requests have a place, further ones are refused",
                self.taken,
            )
