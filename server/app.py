"""Builds the ASGI application and its lifespan."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.types import ASGIApp

from models.configuration import dialect_of
from models.sql.database import connected
from models.upgrade import upgrade
from server.additions import NONE, Additions
from server.background_tasks import sweep_hourly, tasks_for_subscribers
from server.brand import Brand
from server.clock import utc_now
from server.composition import Parts, compose_parts
from server.delivery import sends_mails
from server.edge.connection_limits import LIMITS_KEY, ConnectionLimits, watched_limits
from server.http.cors import Origins
from server.pages.not_found import not_found
from server.process.garbage_collection import freeze_loaded_objects
from server.process.uvicorn_server import on_stop_signal
from server.routes import routes
from server.settings import Settings
from server.telemetry.request_log import RequestLog
from server.telemetry.setup import Telemetry
from server.telemetry.structlog_imports import FilteringBoundLogger
from server.test_addresses import warn_of_test_addresses

_SHUTDOWN_TIMEOUT = 8.0
"""Seconds from the signal in which background tasks must end (mail/worker.py: five for mails that
are being sent, two to close the SMTP sessions)."""


def application(
    settings: Settings,
    *,
    public_url: str,
    clock: Callable[[], datetime] = utc_now,
    log: FilteringBoundLogger | None = None,
    additions: Additions = NONE,
) -> ASGIApp:
    """The ASGI application with all routes; requests are logged to `log`. Raises SettingsError."""
    telemetry = Telemetry.of(settings)
    brand = Brand.of(settings)
    parts = compose_parts(settings, brand=brand, public_url=public_url, clock=clock)
    origins = Origins(settings, public_url=public_url, clock=clock)
    app = Starlette(
        routes=[
            *routes(settings, parts, origins, brand=brand, additions=additions),
            *telemetry.routes,
        ],
        exception_handlers={HTTPStatus.NOT_FOUND: not_found(settings)},
        lifespan=lambda _: _lifespan(settings, parts, telemetry),
    )
    # Its redirects would contain the Host header, which clients can forge.
    app.router.redirect_slashes = False
    telemetry.instrument(app)
    return RequestLog(app, sinks=telemetry.sinks, log=log)


@asynccontextmanager
async def _lifespan(
    settings: Settings, parts: Parts, telemetry: Telemetry
) -> AsyncIterator[dict[str, ConnectionLimits]]:
    env = parts.environment
    async with connected(settings.database, settings.pool):
        if dialect_of(settings.database) == "sqlite":
            await upgrade(settings.database)
        async with (
            _background_work(parts, settings),
            telemetry.sampling(env),
            watched_limits(client_timeout=settings.client_timeout) as shared,
        ):
            warn_of_test_addresses(settings.test_addresses, now=env.clock())
            freeze_loaded_objects()
            yield {LIMITS_KEY: shared}
    env.close()
    telemetry.close()


@asynccontextmanager
async def _background_work(parts: Parts, settings: Settings) -> AsyncIterator[None]:
    """Runs the mail worker, the hourly sweep and the tasks for subscribers during the block.

    The signal to stop cancels them at once: while the last requests are answered, the worker
    finishes mails that are being sent and returns the others to the outbox.
    """
    sweeping = sweep_hourly(
        parts.environment,
        audit_days=settings.audit_days,
        unverified_days=settings.unverified_days,
    )
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(sweeping, name="sweep")]
    tasks += map(asyncio.create_task, tasks_for_subscribers(parts.environment, settings))
    if sends_mails(settings):
        tasks.append(asyncio.create_task(parts.mail_worker.run(), name="mail worker"))

    stopped_at: list[float] = []

    def stop() -> None:
        stopped_at.append(loop.time())
        if len(stopped_at) == 1:
            # uvicorn waits for open streams, which could last for hours.
            parts.environment.subscribers.close()
            parts.environment.account_subscribers.close()
            for task in tasks:
                task.cancel()

    try:
        with on_stop_signal(stop):
            yield
    finally:
        stop()
        # The time for the last answers counts too: a hanging database must not delay shutdown.
        remaining = _SHUTDOWN_TIMEOUT - (loop.time() - stopped_at[0])
        await asyncio.wait(tasks, timeout=max(0.5, remaining))
