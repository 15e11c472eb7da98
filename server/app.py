"""The ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import HTTPConnection
from starlette.routing import Route, WebSocketRoute

from accounts.places import Places
from graph.context import Context
from graph.schema import core
from graph.view import GraphQLView, Sockets
from mail.languages import LANGUAGES
from models.database import connected, dialect_of
from models.schema import upgrade
from server import health, pages
from server.clients import bearer_of, client_of
from server.clock import utc_now
from server.composition import Parts, compose_parts
from server.housekeeping import sweep_hourly
from server.languages import language_of
from server.logs import set_up_logging
from server.origins import admission
from server.security import SecurityHeaders
from server.settings import Settings
from server.watching import told_to_end, watchers

DEFAULT_URL = "http://127.0.0.1:8000"


def from_environment() -> Starlette:
    """The application that the process's environment describes, for uvicorn's workers."""
    set_up_logging()
    settings = Settings.read()
    return application(settings, public_url=settings.public_url or DEFAULT_URL)


def application(
    settings: Settings, *, public_url: str, clock: Callable[[], datetime] = utc_now
) -> Starlette:
    """Everything that is served, under one lifespan. Raises SettingsError."""
    parts = compose_parts(settings, public_url=public_url, clock=clock)
    view = GraphQLView(
        core,
        context_of=lambda connection: _context(connection, parts, settings),
        sockets=Sockets(
            admits=admission(public_url=public_url, others=settings.cors_origins),
            places=Places(settings.capacity),
        ),
        explorer=pages.explorer if settings.graphiql else None,
        introspection=bool(settings.introspection),
    )
    routes = [
        Route("/graphql", view),
        WebSocketRoute("/graphql", view),
        *health.ROUTES,
        *pages.routes(),
    ]
    if settings.web_dir is not None:
        routes += pages.web_routes(settings.web_dir)
    if settings.smtp_url is None:
        routes += pages.mailbox_routes(parts.compose)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with connected(settings.database, settings.pool):
            if dialect_of(settings.database) == "sqlite":
                await upgrade(settings.database)
            async with _working(parts, settings):
                with told_to_end(parts.environment.waiting.close):
                    yield
        parts.environment.hasher.close()

    app = Starlette(routes=routes, middleware=_middleware(settings), lifespan=lifespan)
    # A redirect would be built from the Host header, which anybody can set.
    app.router.redirect_slashes = False
    return app


def _context(connection: HTTPConnection, parts: Parts, settings: Settings) -> Context:
    return Context(
        env=parts.environment,
        client=parts.environment.keys.address_hash(client_of(connection)),
        bearer=bearer_of(connection),
        language=language_of(connection, offered=LANGUAGES),
        patience=settings.request_timeout,
    )


def _middleware(settings: Settings) -> list[Middleware]:
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type"],
    )
    return [Middleware(SecurityHeaders), *([cors] if settings.cors_origins else [])]


@asynccontextmanager
async def _working(parts: Parts, settings: Settings) -> AsyncIterator[None]:
    """Mails leave, the database is swept and who waits is told, while the block runs.

    Its end lets the mail on its way arrive, and gives the others back to the queue.
    """
    sweeping = sweep_hourly(
        parts.environment,
        audit_days=settings.audit_days,
        unverified_days=settings.unverified_days,
    )
    tasks = [asyncio.create_task(sweeping, name="housekeeping")]
    tasks += map(asyncio.create_task, watchers(parts.environment.waiting, settings))
    if settings.delivery:
        tasks.append(asyncio.create_task(parts.delivery.run(), name="mail delivery"))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
