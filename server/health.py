"""Health checks: `/healthz` (liveness) and `/readyz` (readiness)."""

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from models.upgrade import pending_migrations

_TIMEOUT = 2.0
"""Seconds for the database to answer; load balancers ask every few seconds."""

_log = logging.getLogger("connectx.health")


async def _healthz(_: Request) -> JSONResponse:
    """200 as long as the event loop runs; it does not check the database."""
    return JSONResponse({"status": "ok"})


async def _readyz(_: Request) -> JSONResponse:
    """200 if the database answers and has this release's schema, otherwise 503."""
    try:
        async with asyncio.timeout(_TIMEOUT):
            behind = await pending_migrations()
    except Exception as error:  # noqa: BLE001 - any error means not ready
        _log.warning("not ready: %s", type(error).__name__)
        return JSONResponse({"status": "unavailable", "database": "unreachable"}, 503)
    if behind:
        return JSONResponse({"status": "unavailable", "database": "schema is behind"}, 503)
    return JSONResponse({"status": "ok"})


ROUTES = [Route("/healthz", _healthz), Route("/readyz", _readyz)]
