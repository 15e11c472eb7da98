"""Sweeps the database once an hour, in one worker of all; each keeps its decoys up to date."""

import asyncio
import logging

from accounts import decoys
from accounts.environment import Environment
from accounts.housekeeping import sweep
from accounts.outages import described, retry_after

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
