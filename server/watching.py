"""One process's metrics and traces: as much of them as the settings and the environment ask for."""

import asyncio
import importlib.util
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from starlette.applications import Starlette
from starlette.routing import Route

from graph.exports import outcomes
from server.observing import Witnesses
from server.sampling import sample_pool, sample_queue
from server.scraping import route
from server.settings import Settings

if TYPE_CHECKING:
    from server.metrics import Metrics
    from server.tracing import Tracing

_log = logging.getLogger("connectx.watching")


@dataclass(frozen=True)
class Watching:
    """For the process's lifetime. Without metrics and traces it costs next to nothing."""

    metrics: "Metrics | None"
    tracing: "Tracing | None"
    public: bool
    """Whether `/metrics` is on the public port."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(_metrics(settings), _tracing(), bool(settings.metrics))

    @property
    def witnesses(self) -> Witnesses:
        return Witnesses(
            measure=self.metrics.mutation if self.metrics else None,
            trace=self.tracing.span if self.tracing else None,
        )

    @property
    def routes(self) -> list[Route]:
        return [route(self.metrics)] if self.metrics and self.public else []

    def hashes(self, running: int, waiting: int) -> None:
        if self.metrics is not None:
            self.metrics.hashes(running, waiting)

    def instrument(self, app: Starlette) -> None:
        if self.tracing is not None:
            self.tracing.instrument(app)

    @asynccontextmanager
    async def sampling(self, clock: Callable[[], datetime]) -> AsyncIterator[None]:
        """The database is looked at every few seconds while the block runs."""
        if self.metrics is None:
            yield
            return
        tasks = [
            asyncio.create_task(sample_pool(self.metrics), name="pool metrics"),
            asyncio.create_task(sample_queue(self.metrics, clock=clock), name="queue metrics"),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def close(self) -> None:
        if self.tracing is not None:
            self.tracing.close()


def _metrics(settings: Settings) -> "Metrics | None":
    if not settings.measures:
        return None
    # Imported only now: the library looks at its variable when it is imported (server/scraping.py).
    from server.metrics import Metrics

    return Metrics(outcomes())


def _tracing() -> "Tracing | None":
    if not _traces_wanted():
        return None
    if importlib.util.find_spec("opentelemetry") is None or not importlib.util.find_spec(
        "opentelemetry.instrumentation.starlette"
    ):
        _log.warning("no traces: OTEL_* variables are set, but connectx[otel] is not installed")
        return None
    # Read when the instrumentation is imported. What machines ask every few seconds is no trace.
    os.environ.setdefault("OTEL_PYTHON_EXCLUDED_URLS", "/healthz$,/readyz$,/metrics$")
    from server.tracing import Tracing

    return Tracing()


def _traces_wanted() -> bool:
    """Whether the standard variables name an exporter or an endpoint for traces."""
    if os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return False
    exporter = os.environ.get("OTEL_TRACES_EXPORTER", "").strip()
    if exporter:
        return exporter != "none"
    endpoints = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    return any(os.environ.get(name) for name in endpoints)
