"""Background tasks of a server: those for subscribers, and the hourly sweep."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from accounts.environment import Environment
from accounts.hashing import decoys
from accounts.outages import described, retry_after
from accounts.sweep import sweep
from models.configuration import dialect_of
from models.sql.notify import listen
from server.settings import Settings

_RESTART_DELAY = 1.0
"""Seconds."""

_HOUR = 3600
_CHECK_INTERVAL = 600.0
"""Seconds between checks whether a sweep is due."""
_CLAIM = 540
"""Seconds for which no other process sweeps. It is less than `_CHECK_INTERVAL`, so that the next
check repeats a sweep that failed, or whose process was killed."""

_log = logging.getLogger("connectx.background")


def tasks_for_subscribers(env: Environment, settings: Settings) -> list[Coroutine[Any, Any, None]]:
    """The tasks that notify subscribers; each runs until it is cancelled."""
    subscribers = env.subscribers
    watching = [_restarted(subscribers.watch), _restarted(env.account_subscribers.watch)]
    if dialect_of(settings.database) == "sqlite":
        return watching

    async def listen_for_verified() -> None:
        url, heard = settings.direct_database, subscribers.notify
        async with listen(url, settings.pool, heard=heard) as listener:
            subscribers.poll_now()  # finds users that were verified while this was not listening
            await listener.until_lost()

    return [*watching, _restarted(listen_for_verified)]


async def _restarted(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Restarts the work a second after it ends or fails."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the loop outlives every outage
            bug = retry_after(error) is None
            _log.warning(
                "a task for subscribers is restarted: %s",
                described(error),
                exc_info=error if bug else None,
            )
        await asyncio.sleep(_RESTART_DELAY)


async def sweep_hourly(env: Environment, *, audit_days: int, unverified_days: int | None) -> None:
    """Runs the hourly sweep, and updates the hasher's sample of hashes every ten minutes.

    Ends when it is cancelled.
    """
    while True:
        try:
            env.hasher.adopt_kinds(await decoys.sample())
            # All processes share the counter; the first one sweeps.
            if await env.counters.incr("sweep", _CLAIM) == 1:
                swept = await sweep(
                    now=env.clock(), audit_days=audit_days, unverified_days=unverified_days
                )
                await env.counters.restart("sweep", _HOUR)
                _log.info("removed %s", swept)
        except Exception as error:  # noqa: BLE001 - the loop outlives every outage
            bug = retry_after(error) is None
            _log.warning(
                "the hourly sweep failed: %s", described(error), exc_info=error if bug else None
            )
        await asyncio.sleep(_CHECK_INTERVAL)
