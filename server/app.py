"""The ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp

from accounts.places import Places
from graph.context import Context
from graph.pipeline import Pipeline
from graph.schema import core
from graph.view import GraphQLView, Sockets
from mail.languages import LANGUAGES
from models.configuration import dialect_of
from models.database import connected
from models.schema import upgrade
from server import health, pages
from server.clients import bearer_of, client_of
from server.clock import utc_now
from server.composition import Parts, compose_parts
from server.housekeeping import sweep_hourly
from server.informing import informers
from server.languages import language_of
from server.loading import all_is_loaded
from server.origins import admission
from server.requests import OBSERVED, Requests
from server.security import SecurityHeaders
from server.settings import Settings
from server.stopping import when_stopped
from server.structlog_parts import FilteringBoundLogger
from server.trusted import trusted_documents
from server.watching import Watching

_FAREWELL = 8.0
"""Seconds from the signal until mails are on their way or given back (mail/worker.py: a mail has
five to arrive, and the mail server two to say goodbye)."""


def application(
    settings: Settings,
    *,
    public_url: str,
    clock: Callable[[], datetime] = utc_now,
    log: FilteringBoundLogger | None = None,
) -> ASGIApp:
    """Everything that is served, under one lifespan; requests have lines in `log`.

    Raises SettingsError.
    """
    watching = Watching.of(settings)
    parts = compose_parts(
        settings, public_url=public_url, clock=clock, watch_hashes=watching.hashes
    )
    view = GraphQLView(
        Pipeline(
            core, introspection=bool(settings.introspection), trusted=trusted_documents(settings)
        ),
        context_of=lambda connection: _context(connection, parts, settings),
        sockets=Sockets(
            admits=admission(public_url=public_url, others=settings.cors_origins),
            places=Places(settings.capacity),
        ),
        explorer=_explorer(settings),
    )
    routes = [
        Route("/graphql", view),
        WebSocketRoute("/graphql", view),
        *health.ROUTES,
        *watching.routes,
        *pages.routes(),
    ]
    if settings.web_dir is None:
        routes.append(pages.front(explorer=bool(settings.graphiql)))
    else:
        routes += pages.web_routes(settings.web_dir)
    if settings.smtp_url is None:
        routes += pages.mailbox_routes(parts.compose)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with connected(settings.database, settings.pool):
            if dialect_of(settings.database) == "sqlite":
                await upgrade(settings.database)
            async with _working(parts, settings), watching.sampling(clock):
                all_is_loaded()
                yield
        parts.environment.hasher.close()
        watching.close()

    app = Starlette(routes=routes, middleware=_middleware(settings), lifespan=lifespan)
    # A redirect would be built from the Host header, which anybody can set.
    app.router.redirect_slashes = False
    watching.instrument(app)
    return Requests(app, witnesses=watching.witnesses, log=log)


def _explorer(settings: Settings) -> Callable[[], Response] | None:
    """What a browser is shown where clients post."""
    if not settings.graphiql:
        return None
    return pages.trusted_only if settings.trusted_documents_only else pages.explorer


def _context(connection: HTTPConnection, parts: Parts, settings: Settings) -> Context:
    return Context(
        env=parts.environment,
        client=parts.client_key(client_of(connection)),
        bearer=bearer_of(connection),
        language=partial(language_of, connection, offered=LANGUAGES),
        patience=settings.request_timeout,
        observer=connection.scope[OBSERVED],
    )


def _middleware(settings: Settings) -> list[Middleware]:
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type"],
        expose_headers=["retry-after", "x-request-id"],
    )
    return [Middleware(SecurityHeaders), *([cors] if settings.cors_origins else [])]


@asynccontextmanager
async def _working(parts: Parts, settings: Settings) -> AsyncIterator[None]:
    """Mails leave, the database is swept and who waits is told, while the block runs.

    It ends as soon as the process is asked to: while the last requests are answered, the mail on
    its way arrives, and the others are given back to the queue.
    """
    sweeping = sweep_hourly(
        parts.environment,
        audit_days=settings.audit_days,
        unverified_days=settings.unverified_days,
    )
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(sweeping, name="housekeeping")]
    tasks += map(asyncio.create_task, informers(parts.environment.waiting, settings))
    if settings.delivery:
        tasks.append(asyncio.create_task(parts.mail_worker.run(), name="mail worker"))

    ended: list[float] = []

    def end() -> None:
        ended.append(loop.time())
        if len(ended) == 1:
            # Streams may stay open for hours, and uvicorn waits for open answers.
            parts.environment.waiting.close()
            for task in tasks:
                task.cancel()

    try:
        with when_stopped(end):
            yield
    finally:
        end()
        # Less, the longer the last answers took: a database that hangs must not hold up the end.
        await asyncio.wait(tasks, timeout=max(0.5, _FAREWELL - (loop.time() - ended[0])))
