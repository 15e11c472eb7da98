"""Who may wait for a hash, and who is refused at once."""

import asyncio
import logging
import math
import time
from types import TracebackType
from typing import Any, Self

_log = logging.getLogger("connectx.hashing")


class Busy(Exception):  # noqa: N818 - an answer, not an error: come back in a moment
    """Too many hashes wait already; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"hashing is at its limit, retry after {retry_after} s")
        self.retry_after = retry_after


class Line:
    """Places for everybody who is to have a hash: `served` at once, and so many `waiting`.

    Where more come than can be served for long, a long line serves no more of them, and makes
    them all wait. So it is half as long from when as many were refused as may wait, until nobody is
    left in it: who come together are let in, and who are let in among a crowd wait half the time.
    """

    def __init__(self, *, served: int, waiting: int) -> None:
        self._served = served
        self._waiting = waiting
        self._taken = 0
        self._refused = 0
        """Since nobody was left."""
        self._told_at = -math.inf

    def enter(self) -> None:
        """Takes a place, until it is left. Raises Busy if there is none."""
        if self._taken >= self._served + self._may_wait():
            self._refused += 1
            self._tell_that_it_is_full()
            raise Busy(retry_after=1)
        self._taken += 1

    def leave(self) -> None:
        """Gives a place back."""
        self._taken -= 1
        if not self._taken:
            self._refused = 0

    def _may_wait(self) -> int:
        return self._waiting if self._refused < self._waiting else -(-self._waiting // 2)

    def _tell_that_it_is_full(self) -> None:
        # Once a second: a line in the log for each would take longer than the rest of a refusal.
        now = time.monotonic()
        if now >= self._told_at + 1:
            self._told_at = now
            _log.warning("the line for hashing is full, at %d: others are refused", self._taken)


class Place:
    """A place in the line, for one hash: it is held for a block, or until the hash is made.

    Entered before anything else is done for a request, a refusal (Busy) costs next to nothing,
    and nobody who got in is refused for want of a hash any more.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._is_used = False

    def __enter__(self) -> Self:
        self._line.enter()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if not self._is_used:
            self._line.leave()

    def use(self, hashing: asyncio.Future[Any]) -> None:
        """Leaves the place once this is done, whoever has stopped waiting for it by then."""
        if self._is_used:
            raise RuntimeError("a place is for one hash")
        self._is_used = True
        hashing.add_done_callback(lambda _: self._line.leave())
