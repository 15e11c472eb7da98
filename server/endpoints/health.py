"""Health checks: `/healthz` (liveness) and `/readyz` (readiness)."""

import logging

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from accounts.environment import Environment
from accounts.outages import described
from models.sql.connect import read_only
from models.sql.counters import check_writes
from models.upgrade import pending_migrations
from server.time_limit import in_time

_TIMEOUT = 2.0
"""Seconds for the database and the counters to answer; load balancers ask every few seconds."""

_log = logging.getLogger("connectx.health")


def routes(env: Environment) -> list[Route]:
    async def readyz(_: Request) -> JSONResponse:
        """200 if a mutation could succeed, otherwise 503 with what is missing."""
        missing = await _missing_database(env) or await _missing_counters(env)
        if missing:
            return JSONResponse({"status": "unavailable", **missing}, 503)
        return JSONResponse({"status": "ok"})

    return [Route("/healthz", _healthz), Route("/readyz", readyz)]


async def _healthz(_: Request) -> JSONResponse:
    """200 as long as the event loop runs; it does not check the database."""
    return JSONResponse({"status": "ok"})


async def _missing_database(env: Environment) -> dict[str, str] | None:
    """What is wrong with the database: it has to have this release's schema and to take writes."""
    try:
        if await in_time(_is_behind(env), seconds=_TIMEOUT):
            return {"database": "schema is behind"}
    except Exception as error:  # noqa: BLE001 - any error means not ready
        _log.warning("not ready: the database: %s", described(error))
        return {"database": "read-only" if read_only(error) else "unreachable"}
    return None


async def _is_behind(env: Environment) -> bool:
    """Whether the schema is older than this release. Raises what a write would raise if not."""
    if await pending_migrations():
        return True
    await check_writes(now=env.clock())
    return False


async def _missing_counters(env: Environment) -> dict[str, str] | None:
    """What is wrong with the counters of the rate limits, if they are not in the database."""
    try:
        await in_time(env.rate_limiter.check(), seconds=_TIMEOUT)
    except Exception as error:  # noqa: BLE001 - any error means not ready
        _log.warning("not ready: the counters: %s", described(error))
        return {"counters": "unreachable"}
    return None
