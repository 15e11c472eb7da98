"""Tells the application that the process is asked to end, before uvicorn has drained it."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def when_stopped(act: Callable[[], object]) -> Iterator[None]:
    """Calls `act` in the event loop as soon as the process is asked to end.

    The lifespan ends only after the last answer, which may take seconds. Whoever has handled the
    signals handles them still. In a thread other than the main one nothing is called, as signals
    do not come there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before: dict[int, Any] = {number: signal.getsignal(number) for number in _SIGNALS}

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(act)
        if callable(before[number]):
            before[number](number, frame)

    for number in _SIGNALS:
        signal.signal(number, handle)
    try:
        yield
    finally:
        for number in _SIGNALS:
            signal.signal(number, before[number])
