"""Keeps those informed who wait for a verification, through every outage."""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from accounts.outages import described, retry_after
from accounts.waiting import WaitingRoom
from models.database import dialect_of
from models.notices import listening
from server.settings import Settings

_AGAIN_AFTER = 1.0
"""Seconds."""

_log = logging.getLogger("connectx.watching")


def watchers(room: WaitingRoom, settings: Settings) -> list[Coroutine[Any, Any, None]]:
    """What has to run for those who wait, each until it is cancelled."""
    if dialect_of(settings.database) == "sqlite":
        return [_lasting(room.watch)]

    async def listen() -> None:
        async with listening(settings.database, settings.pool, heard=room.tell) as listener:
            room.look()  # for what was told while nobody listened
            await listener.until_lost()

    return [_lasting(room.watch), _lasting(listen)]


async def _lasting(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Does the work again whenever it ends."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the loop outlives every outage
            bug = retry_after(error) is None
            _log.warning("watching again: %s", described(error), exc_info=error if bug else None)
        await asyncio.sleep(_AGAIN_AFTER)


@contextmanager
def told_to_end(close: Callable[[], None]) -> Iterator[None]:
    """Calls `close` in the event loop as soon as this process is asked to end.

    uvicorn waits for open answers before it tells the application, and a subscription may stay open
    for hours. Where signals come to another thread, as in tests, its word has to do.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(close)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
