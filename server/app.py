"""Builds the ASGI application and its lifespan."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from structlog.typing import FilteringBoundLogger

from accounts.limits.concurrency import ConcurrencyLimit
from graph.transport.view import GraphQLView, Sockets
from models.configuration import dialect_of
from models.sql.database import connected
from models.upgrade import upgrade
from server.additions import NONE, Additions
from server.background_tasks import sweep_hourly, tasks_for_subscribers
from server.brand import Brand
from server.clock import utc_now
from server.composition import Parts, compose_parts
from server.delivery import sends_mails, shows_mails
from server.edge.limits import LIMITS_KEY, Limits, watched_limits
from server.endpoints import health, introspection, well_known
from server.endpoints.served_schema import schema_routes, served_schema
from server.http.cors import Origins
from server.http.request_context import context_of, form_branding
from server.http.session_cookies import SessionCookies
from server.mailbox.api import mailbox_api_routes
from server.mailbox.routes import mailbox_routes
from server.pages import routes as pages
from server.pages.link_routes import link_page_routes
from server.process.garbage_collection import freeze_loaded_objects
from server.process.uvicorn_server import on_stop_signal
from server.settings import Settings
from server.telemetry.request_log import RequestLog
from server.telemetry.setup import Telemetry
from server.test_addresses import warn_of_test_addresses
from server.trusted_documents import trusted_documents

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
    cookies = SessionCookies(origins, same_site=settings.cookie_samesite, clock=clock)
    view = GraphQLView(
        additions.pipeline(
            served_schema(settings),
            introspection=bool(settings.introspection),
            trusted=trusted_documents(settings),
        ),
        context_of=partial(
            context_of,
            parts=parts,
            settings=settings,
            branding=form_branding(brand),
            credentials_of=cookies.credentials_of,
        ),
        sockets=Sockets(admits=origins.admits, limit=ConcurrencyLimit(settings.capacity)),
        explorer=_explorer(settings),
    )
    routes = [
        # No other path is for pages of other origins: not the mailbox, above all.
        Route("/graphql", view, middleware=origins.middleware()),
        WebSocketRoute("/graphql", view),
        *health.routes(parts.environment),
        *introspection.routes(parts.environment),
        *well_known.routes(parts.environment),
        *telemetry.routes,
        *pages.routes(),
        *schema_routes(settings),
        *pages.logo_routes(brand),
        *link_page_routes(settings, brand),
        *additions.routes(parts, origins),
    ]
    if settings.web_dir is None:
        routes.append(pages.front(explorer=bool(settings.graphiql)))
    else:
        routes += pages.web_routes(settings.web_dir)
    if shows_mails(settings):
        # Other origins of the API have no business in the mailbox: only `is_own`.
        for its_routes in (mailbox_routes, mailbox_api_routes):
            routes += its_routes(parts.compose, mail_from=settings.mail_from, admits=origins.is_own)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Limits]]:
        async with connected(settings.database, settings.pool):
            if dialect_of(settings.database) == "sqlite":
                await upgrade(settings.database)
            async with (
                _background_work(parts, settings),
                telemetry.sampling(parts.environment),
                watched_limits(client_timeout=settings.client_timeout) as shared,
            ):
                warn_of_test_addresses(settings.test_addresses, now=clock())
                freeze_loaded_objects()
                yield {LIMITS_KEY: shared}
        parts.environment.close()
        telemetry.close()

    app = Starlette(routes=routes, lifespan=lifespan)
    # Its redirects would contain the Host header, which clients can forge.
    app.router.redirect_slashes = False
    telemetry.instrument(app)
    return RequestLog(app, sinks=telemetry.sinks, log=log)


def _explorer(settings: Settings) -> Callable[[], Response] | None:
    """The page that browsers get at /graphql; None if GraphiQL is off."""
    if not settings.graphiql:
        return None
    if settings.trusted_documents_only:
        return pages.trusted_only
    return partial(pages.explorer, mailbox=shows_mails(settings))


@asynccontextmanager
async def _background_work(parts: Parts, settings: Settings) -> AsyncIterator[None]:
    """Runs the mail worker, the hourly sweep and the tasks for subscribers during the block.

    The signal to stop cancels them at once: while the last requests are answered, the worker
    finishes mails that are being sent and returns the others to the queue.
    """
    sweeping = sweep_hourly(
        parts.environment,
        audit_days=settings.audit_days,
        unverified_days=settings.unverified_days,
    )
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(sweeping, name="housekeeping")]
    tasks += map(asyncio.create_task, tasks_for_subscribers(parts.environment, settings))
    if sends_mails(settings):
        tasks.append(asyncio.create_task(parts.mail_worker.run(), name="mail worker"))

    stopped_at: list[float] = []

    def stop() -> None:
        stopped_at.append(loop.time())
        if len(stopped_at) == 1:
            # uvicorn waits for open streams, which could last for hours.
            parts.environment.subscribers.close()
            parts.environment.account_watch.close()
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
