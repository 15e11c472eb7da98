"""Keeps those informed who wait for a verification, through every outage."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from accounts.outages import described, retry_after
from accounts.waiting import WaitingRoom
from models.configuration import dialect_of
from models.notices import listening
from server.settings import Settings

_AGAIN_AFTER = 1.0
"""Seconds."""

_log = logging.getLogger("connectx.informing")


def informers(room: WaitingRoom, settings: Settings) -> list[Coroutine[Any, Any, None]]:
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
            _log.warning("informing again: %s", described(error), exc_info=error if bug else None)
        await asyncio.sleep(_AGAIN_AFTER)
