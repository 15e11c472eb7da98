"""Keeps those informed who wait for a verification, through every outage."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from accounts.environment import Environment
from accounts.hashing import decoys
from accounts.outages import described, retry_after
from accounts.sweep import sweep
from accounts.verification.subscribers import Subscribers
from models.configuration import dialect_of
from models.sql.notify import listen
from server.settings import Settings

_AGAIN_AFTER = 1.0
"""Seconds."""

_log = logging.getLogger("connectx.informing")


def verification_listeners(
    room: Subscribers, settings: Settings
) -> list[Coroutine[Any, Any, None]]:
    """What has to run for those who wait, each until it is cancelled."""
    if dialect_of(settings.database) == "sqlite":
        return [_lasting(room.watch)]

    async def hear() -> None:
        async with listen(settings.database, settings.pool, heard=room.tell) as listener:
            room.look()  # for what was told while nobody listened
            await listener.until_lost()

    return [_lasting(room.watch), _lasting(hear)]


async def _lasting(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Does the work again whenever it ends."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the loop outlives every outage
            bug = retry_after(error) is None
            _log.warning("informing again: %s", described(error), exc_info=error if bug else None)
        await asyncio.sleep(_AGAIN_AFTER)


_HOUR = 3600
_LOOK_EVERY = 600.0
"""Seconds. Whoever asks first after an hour has passed does the work."""

_log = logging.getLogger("connectx.housekeeping")


async def sweep_hourly(env: Environment, *, audit_days: int, unverified_days: int | None) -> None:
    """Sweeps until it is cancelled; an outage waits for the next round."""
    while True:
        try:
            env.hasher.imitate(await decoys.sample())
            # The count that everybody shares says who is the first.
            if await env.counters.incr("housekeeping", _HOUR) == 1:
                swept = await sweep(
                    now=env.clock(), audit_days=audit_days, unverified_days=unverified_days
                )
                _log.info("removed %s", swept)
        except Exception as error:  # noqa: BLE001 - the loop outlives every outage
            bug = retry_after(error) is None
            _log.warning("not swept: %s", described(error), exc_info=error if bug else None)
        await asyncio.sleep(_LOOK_EVERY)
