"""OpenTelemetry traces, if the extra is installed and the standard variables ask for them.

Spans are scrubbed before they are exported: instrumentations record URLs, clients and exceptions,
which may contain addresses, codes and passwords.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import entry_points
from threading import Thread
from typing import Any

from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.instrumentation.starlette import StarletteInstrumentor
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Status
from starlette.applications import Starlette

from server.telemetry.request_record import Annotate

_SHUTDOWN_TIMEOUT = 1.0
"""Seconds to export the last spans at shutdown; an unreachable collector must not delay it."""

_ALLOWED = frozenset(
    {
        "connectx.outcome",
        "db.name",
        "db.namespace",
        "db.query.text",
        "db.statement",
        "db.system",
        "db.system.name",
        "error.type",
        "graphql.operation.name",
        "graphql.operation.type",
        "http.flavor",
        "http.method",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "http.scheme",
        "http.status_code",
        "network.protocol.version",
        "url.scheme",
    }
)
"""Attributes without values of a request, but for the name of its operation. SQL statements contain
placeholders, not values."""

_log = logging.getLogger("connectx.tracing")


class Tracing:
    """Traces of one process, until `close`."""

    def __init__(self) -> None:
        resource = Resource.create()
        if str(resource.attributes[SERVICE_NAME]).startswith("unknown_service"):
            resource = resource.merge(Resource({SERVICE_NAME: "connectx"}))
        # `close` shuts it down. Its exit handler would wait half a minute for a dead collector.
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        for exporter in _exporters():
            self._provider.add_span_processor(BatchSpanProcessor(_ScrubbingExporter(exporter)))
        # Parameters are values of a request. False is also the default.
        self._statements = AsyncPGInstrumentor(capture_parameters=False)  # type: ignore[no-untyped-call] # has no types
        self._tracer = self._provider.get_tracer("connectx")

    def instrument(self, app: Starlette) -> None:
        """Has OpenTelemetry's instrumentations trace requests and statements."""
        StarletteInstrumentor.instrument_app(app, tracer_provider=self._provider)
        self._statements.instrument(tracer_provider=self._provider)

    @contextmanager
    def span(self, name: str) -> Iterator[Annotate]:
        """A span around the block; yields a function that sets its attributes."""
        with self._tracer.start_as_current_span(name) as span:
            yield span.set_attribute

    def close(self) -> None:
        """Exports the remaining spans, for at most a second."""
        self._statements.uninstrument()
        shutdown = Thread(target=self._provider.shutdown, daemon=True)
        shutdown.start()
        shutdown.join(_SHUTDOWN_TIMEOUT)


class _ScrubbingExporter(SpanExporter):
    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([_scrubbed(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def _scrubbed(span: ReadableSpan) -> ReadableSpan:
    """A copy of the span with allowed attributes only, and without the messages of exceptions."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_allowed(span.attributes),
        events=[_event(event) for event in span.events],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _allowed(attributes: Any) -> dict[str, Any]:
    return {name: value for name, value in (attributes or {}).items() if name in _ALLOWED}


def _event(event: Event) -> Event:
    # Exception messages may contain values: PostgreSQL quotes a duplicate email address.
    kind = (event.attributes or {}).get("exception.type")
    return Event(event.name, {"exception.type": kind} if kind else None, event.timestamp)


def _exporters() -> Iterator[SpanExporter]:
    """The exporters that OTEL_TRACES_EXPORTER names; OTLP over HTTP by default."""
    for name in os.environ.get("OTEL_TRACES_EXPORTER", "otlp").split(","):
        if wanted := name.strip():
            yield _exporter(_PROTOCOLS.get(_protocol(), wanted) if wanted == "otlp" else wanted)


_PROTOCOLS = {"http/protobuf": "otlp_proto_http", "grpc": "otlp_proto_grpc"}


def _protocol() -> str:
    general = os.environ.get("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
    return os.environ.get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", general)


def _exporter(name: str) -> SpanExporter:
    found = list(entry_points(group="opentelemetry_traces_exporter", name=name))
    if not found:
        _log.warning("no traces: the exporter %s is not installed", name)
        return _NullExporter()
    exporter: SpanExporter = found[0].load()()
    return exporter


class _NullExporter(SpanExporter):
    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:  # noqa: ARG002 - discarded
        return SpanExportResult.SUCCESS
