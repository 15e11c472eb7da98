"""OpenTelemetry traces, where the extra is installed and the standard variables ask for them.

Spans are scrubbed before anybody gets them: what an instrumentation records of a URL, a client or
an exception may hold addresses, codes and passwords.
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

_FAREWELL = 1.0
"""Seconds for the last spans when the process ends; a collector that is away gets none."""

_KEPT = frozenset(
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
"""Attributes that have no value of a request; statements come with placeholders."""

_log = logging.getLogger("connectx.tracing")


class Tracing:
    """One process's traces, from its start to `close`."""

    def __init__(self) -> None:
        resource = Resource.create()
        if str(resource.attributes[SERVICE_NAME]).startswith("unknown_service"):
            resource = resource.merge(Resource({SERVICE_NAME: "connectx"}))
        # Ended by `close`: at exit, it would wait half a minute for a collector that is away.
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        for exporter in _exporters():
            self._provider.add_span_processor(BatchSpanProcessor(_Scrubbed(exporter)))
        # Without parameters, which is its default as well.
        self._statements = AsyncPGInstrumentor(capture_parameters=False)  # type: ignore[no-untyped-call] # has no types
        self._tracer = self._provider.get_tracer("connectx")

    def instrument(self, app: Starlette) -> None:
        """Has requests and statements traced by their libraries' own instrumentation."""
        StarletteInstrumentor.instrument_app(app, tracer_provider=self._provider)
        self._statements.instrument(tracer_provider=self._provider)

    @contextmanager
    def span(self, name: str) -> Iterator[Annotate]:
        """A part of the trace that runs as long as the block."""
        with self._tracer.start_as_current_span(name) as span:
            yield span.set_attribute

    def close(self) -> None:
        """Sends what is left, for a second at most."""
        self._statements.uninstrument()
        farewell = Thread(target=self._provider.shutdown, daemon=True)
        farewell.start()
        farewell.join(_FAREWELL)


class _Scrubbed(SpanExporter):
    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([_scrubbed(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def _scrubbed(span: ReadableSpan) -> ReadableSpan:
    """The same span with attributes that are known to be harmless, and errors without messages."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_kept(span.attributes),
        events=[_event(event) for event in span.events],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _kept(attributes: Any) -> dict[str, Any]:
    return {name: value for name, value in (attributes or {}).items() if name in _KEPT}


def _event(event: Event) -> Event:
    # An exception's message may quote what it failed on: PostgreSQL's names the duplicate address.
    kind = (event.attributes or {}).get("exception.type")
    return Event(event.name, {"exception.type": kind} if kind else None, event.timestamp)


def _exporters() -> Iterator[SpanExporter]:
    """What OTEL_TRACES_EXPORTER names; OTLP over HTTP by default."""
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
        return _Nowhere()
    exporter: SpanExporter = found[0].load()()
    return exporter


class _Nowhere(SpanExporter):
    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:  # noqa: ARG002 - dropped
        return SpanExportResult.SUCCESS
