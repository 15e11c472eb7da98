"""Who may wait for a hash, and who is refused at once."""

import logging
import math
import time

WAITING_PER_THREAD = 3
"""Where nothing else is set: whoever is admitted then waits for four hashes at most, their own
among them, and for three in a crowd. With 16 they took 22 times as long as alone
(benchmarks/README.md)."""

_log = logging.getLogger("connectx.hashing")


class Busy(Exception):  # noqa: N818 - an answer, not an error: come back in a moment
    """Too many hashes wait already; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"hashing is at its limit, retry after {retry_after} s")
        self.retry_after = retry_after


class Admission:
    """Places for so many as are `served` at once, and for so many `waiting` behind them.

    Where more come than can be served for long, a long line serves no more of them, and makes
    them all wait. So half as many may wait from when as many were refused as may wait, until half
    of those who serve have nothing to do: who come together are let in, and who are let in
    among a crowd have fewer before them.
    """

    def __init__(self, *, served: int, waiting: int) -> None:
        self._served = served
        self._waiting = waiting
        self._refused = 0
        """Since there was last little to do."""
        self._told_at = -math.inf
        self.taken = 0

    def look(self) -> None:
        """Raises Busy if there is no place, and takes none."""
        if self.taken >= self._served + self._may_wait():
            self._refused += 1
            self._tell_that_it_is_full()
            raise Busy(retry_after=1)

    def enter(self) -> None:
        """Takes a place, until it is left. Raises Busy if there is none."""
        self.look()
        self.taken += 1

    def leave(self) -> None:
        """Gives a place back."""
        self.taken -= 1
        if 2 * self.taken <= self._served:
            self._refused = 0

    def _may_wait(self) -> int:
        return self._waiting if self._refused < self._waiting else -(-self._waiting // 2)

    def _tell_that_it_is_full(self) -> None:
        # Once a second: a line in the log for each would take longer than the rest of a refusal.
        now = time.monotonic()
        if now >= self._told_at + 1:
            self._told_at = now
            _log.warning("the line for hashing is full, at %d: others are refused", self.taken)
