"""Sets up the metrics and traces of a process, as the settings and the environment say."""

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

from accounts.environment import Environment
from graph.schema_export import outcomes
from mail import outbox
from models.sql.pool_use import pool_use
from server.settings import Settings
from server.telemetry.metrics_endpoint import route
from server.telemetry.request_record import TelemetrySinks

if TYPE_CHECKING:
    from server.telemetry.metrics import Metrics
    from server.telemetry.tracing import Tracing

_log = logging.getLogger("connectx.telemetry")


@dataclass(frozen=True)
class Telemetry:
    """The metrics and traces of a process, for its lifetime; None for what is off."""

    metrics: "Metrics | None"
    tracing: "Tracing | None"
    public: bool
    """Whether `/metrics` is on the public port."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(_metrics(settings), _tracing(), bool(settings.metrics))

    @property
    def sinks(self) -> TelemetrySinks:
        return TelemetrySinks(
            measure=self.metrics.mutation if self.metrics else None,
            trace=self.tracing.span if self.tracing else None,
        )

    @property
    def routes(self) -> list[Route]:
        return [route(self.metrics)] if self.metrics and self.public else []

    def instrument(self, app: Starlette) -> None:
        if self.tracing is not None:
            self.tracing.instrument(app)

    @asynccontextmanager
    async def sampling(self, env: Environment) -> AsyncIterator[None]:
        """Samples the hashing, the connection pool and the mail queue while the block runs."""
        if self.metrics is None:
            yield
            return
        tasks = [
            asyncio.create_task(sample_process(self.metrics, env), name="process metrics"),
            asyncio.create_task(
                sample_outbox(self.metrics, clock=env.clock), name="outbox metrics"
            ),
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
    if not settings.serves_metrics:
        return None
    # prometheus-client reads its variable when it is imported (see metrics_endpoint.py).
    from server.telemetry.metrics import Metrics

    return Metrics(outcomes())


def _tracing() -> "Tracing | None":
    if not _traces_wanted():
        return None
    if importlib.util.find_spec("opentelemetry") is None or not importlib.util.find_spec(
        "opentelemetry.instrumentation.starlette"
    ):
        _log.warning("no traces: OTEL_* variables are set, but connectx[otel] is not installed")
        return None
    # The instrumentation reads it when imported. Health checks and scrapes are not worth a trace.
    os.environ.setdefault("OTEL_PYTHON_EXCLUDED_URLS", "/healthz$,/readyz$,/metrics$")
    from server.telemetry.tracing import Tracing

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


_PROCESS_INTERVAL = 1.0
"""Seconds. Reads only memory."""

_OUTBOX_INTERVAL = 5.0
"""Seconds. Takes a statement in each worker."""


async def sample_process(metrics: "Metrics", env: Environment) -> None:
    """Updates the numbers of hashes, look-ups and the pool until it is cancelled.

    SQLite has no pool.
    """
    while True:
        metrics.hashing(env.hasher.load())
        if env.breached is not None:
            metrics.look_ups(env.breached.outcomes)
        use = pool_use()
        if use is not None:
            metrics.pool(use)
        await asyncio.sleep(_PROCESS_INTERVAL)


async def sample_outbox(metrics: "Metrics", *, clock: Callable[[], datetime]) -> None:
    """Updates the outbox gauges until it is cancelled, also if the database does not answer."""
    while True:
        try:
            metrics.mails(await outbox.backlog(now=clock()))
        except Exception:  # noqa: BLE001 - the cause is logged elsewhere
            metrics.mails(None)
        await asyncio.sleep(_OUTBOX_INTERVAL)
