"""Sets up logging: one line for each event on standard error, as text or JSON."""

import logging
import sys
from typing import Any, cast

import orjson

from server.telemetry.log_options import LogOptions
from server.telemetry.structlog_imports import (
    FilteringBoundLogger,
    Processor,
    ProcessorFormatter,
    structlog,
)

_TIME = structlog.processors.TimeStamper(fmt="iso", utc=True)


def set_up_logging(options: LogOptions) -> None:
    """Writes the log lines of this process, uvicorn and all libraries in one format."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                _TIME,
            ],
            processors=[ProcessorFormatter.remove_processors_meta, *_renderers(options)],
        )
    )
    # No line shows these fields (Python's "Logging HOWTO", Optimization).
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    # Debug lines of libraries contain values: Tortoise logs the parameters of every statement.
    logging.basicConfig(
        level=max(logging.INFO, options.level.number), handlers=[handler], force=True
    )
    logging.getLogger("connectx").setLevel(options.level.number)
    # uvicorn's request lines contain query strings. It writes none if its logger has no handler.
    access = logging.getLogger("uvicorn.access")
    access.handlers.clear()
    access.propagate = False
    logging.getLogger("uvicorn.error").addFilter(_is_not_about_websockets)


_WEBSOCKET_LINES = (
    '%s - "WebSocket %s" ',
    "connection open",
    "connection closed",
    "connection rejected ",
    # uvicorn logs this as an error for each rejected WebSocket (its pull request 3138).
    "ASGI callable returned without completing handshake.",
)


def _is_not_about_websockets(record: logging.LogRecord) -> bool:
    """Filters out uvicorn's lines about the start and the end of WebSockets.

    They contain the client's address and the query string. `request_log` logs WebSockets instead.
    """
    return not str(record.msg).startswith(_WEBSOCKET_LINES)


def request_logger(options: LogOptions) -> FilteringBoundLogger:
    """A fast logger for the line of each request; it bypasses the standard library's logging."""
    processors: list[Processor] = [structlog.processors.add_log_level, _add_logger_name]
    if options.for_people:
        raw: Any = structlog.WriteLogger(sys.stderr)
        processors += [_TIME, _console()]
    else:
        # Other log lines go through the same buffer, so lines are not interleaved.
        raw = structlog.BytesLogger(sys.stderr.buffer)
        processors += [_TIME, structlog.processors.JSONRenderer(serializer=orjson.dumps)]
    logger = structlog.wrap_logger(
        raw,
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(options.level.number),
    )
    return cast("FilteringBoundLogger", logger.bind())


def _add_logger_name(_: Any, __: str, event: Any) -> Any:
    event["logger"] = "connectx.requests"
    return event


def _renderers(options: LogOptions) -> list[Processor]:
    if options.for_people:
        return [_console()]
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(serializer=_json),
    ]


def _console() -> structlog.dev.ConsoleRenderer:
    # Plain tracebacks: the default ones show local variables, which may be passwords.
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(),
        sort_keys=False,
        pad_event_to=0,
        exception_formatter=structlog.dev.plain_traceback,
    )


def _json(line: Any, **options: Any) -> str:
    return orjson.dumps(line, **options).decode()
