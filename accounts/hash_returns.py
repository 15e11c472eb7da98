"""Brings what the hashing threads have made back to the event loop."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from accounts.hashing_line import Line

T = TypeVar("T")


class Returns:
    """Wakes the event loop for as many results at once as the line says.

    A hash goes through 19 MiB, and leaves nothing of the rest in the processor's cache. Requests
    that go on together bring it back once (docs/decisions/0013-hashes-together.md). For one event
    loop.
    """

    def __init__(self, line: Line, *, tell: Callable[[], None]) -> None:
        self._line = line
        self._tell = tell
        self._finished: deque[tuple[Future[Any], asyncio.Future[Any]]] = deque()

    def of(self, work: Future[T]) -> asyncio.Future[T]:
        """What the work, which has a place in the line, comes to; the place is then given back.

        Not before, even if nobody waits for it any more: that does not make the thread free.
        """
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        work.add_done_callback(lambda done: self._finish(done, result))
        return result

    def _finish(self, work: Future[T], result: asyncio.Future[T]) -> None:
        """In the thread that made it, or the one that closes the pool.

        Nothing is left lying: whichever result comes last finds nobody behind it in the line.
        """
        self._finished.append((work, result))
        if self._line.lets_go(len(self._finished)):
            with suppress(RuntimeError):  # the loop has ended, and with it who waited
                result.get_loop().call_soon_threadsafe(self._hand_back)

    def _hand_back(self) -> None:
        # Each place is given back before the next look at what is finished. So a thread that ends
        # after the last look finds as many in the line as there are, and does not wait for those
        # who are on their way out here.
        while self._finished:
            work, result = self._finished.popleft()
            self._line.leave()
            if not result.done():  # else nobody waits for it any more
                _settle(result, work)
        self._tell()


def _settle(result: asyncio.Future[T], work: Future[T]) -> None:
    if work.cancelled():
        result.cancel()
    elif (error := work.exception()) is not None:
        result.set_exception(error)
    else:
        result.set_result(work.result())
