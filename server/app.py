"""The ASGI application."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.routing import Route

from graph.context import Context
from graph.schema import core
from graph.view import GraphQLView
from models.database import connected, dialect_of
from models.schema import upgrade
from server import health, pages
from server.clients import bearer_of, client_of
from server.composition import Parts, compose_parts, utc_now
from server.security import SecurityHeaders
from server.settings import Settings

DEFAULT_URL = "http://127.0.0.1:8000"


def from_environment() -> Starlette:
    """The application that the process's environment describes, for uvicorn's workers."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)-8s %(name)s: %(message)s")
    settings = Settings.read()
    return application(settings, public_url=settings.public_url or DEFAULT_URL)


def application(
    settings: Settings, *, public_url: str, clock: Callable[[], datetime] = utc_now
) -> Starlette:
    """Everything that is served, under one lifespan. Raises SettingsError."""
    parts = compose_parts(settings, public_url=public_url, clock=clock)
    view = GraphQLView(
        core,
        context_of=lambda request: _context(request, parts),
        explorer=pages.explorer if settings.graphiql else None,
        introspection=bool(settings.introspection),
    )
    routes = [Route("/graphql", view), *health.ROUTES, *pages.routes()]
    if settings.web_dir is not None:
        routes += pages.web_routes(settings.web_dir)
    if settings.smtp_url is None:
        routes += pages.mailbox_routes(parts.compose)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with connected(settings.database):
            if dialect_of(settings.database) == "sqlite":
                await upgrade(settings.database)
            async with _delivering(parts):
                yield
        parts.environment.hasher.close()

    return Starlette(routes=routes, middleware=_middleware(settings), lifespan=lifespan)


def _context(request: Request, parts: Parts) -> Context:
    return Context(env=parts.environment, client=client_of(request), bearer=bearer_of(request))


def _middleware(settings: Settings) -> list[Middleware]:
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type"],
    )
    return [Middleware(SecurityHeaders), *([cors] if settings.cors_origins else [])]


@asynccontextmanager
async def _delivering(parts: Parts) -> AsyncIterator[None]:
    """Mails leave while the block runs; its end lets the one on its way arrive."""
    task = asyncio.create_task(parts.delivery.run(), name="mail delivery")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
