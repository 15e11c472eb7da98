"""What the process writes about itself: one line each on standard error, for people or machines."""

import logging
import sys
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, cast

import orjson

from server.clock import utc_now
from server.structlog_parts import (
    FilteringBoundLogger,
    Processor,
    ProcessorFormatter,
    structlog,
)


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def number(self) -> int:
        return logging.getLevelNamesMapping()[self.upper()]


class LogFormat(StrEnum):
    AUTO = "auto"
    """For people on a terminal, JSON everywhere else."""
    CONSOLE = "console"
    JSON = "json"


@dataclass(frozen=True)
class Lines:
    """Which lines are written, and for whom."""

    level: LogLevel = LogLevel.INFO
    form: LogFormat = LogFormat.AUTO

    @property
    def for_people(self) -> bool:
        auto = self.form is LogFormat.AUTO
        return sys.stderr.isatty() if auto else self.form is LogFormat.CONSOLE


_TIME = structlog.processors.TimeStamper(fmt="iso", utc=True)


def set_up_logging(lines: Lines) -> None:
    """Lines of this process, of all of its libraries and of uvicorn, in one format."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                _TIME,
            ],
            processors=[ProcessorFormatter.remove_processors_meta, *_rendering(lines)],
        )
    )
    # What each line would be asked, and none shows (Python's "Logging HOWTO", Optimization).
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    # Libraries debug with their values: Tortoise prints those of every statement.
    logging.basicConfig(level=max(logging.INFO, lines.level.number), handlers=[handler], force=True)
    logging.getLogger("connectx").setLevel(lines.level.number)
    # uvicorn asks whether anybody listens, and its request lines would have queries in them.
    access = logging.getLogger("uvicorn.access")
    access.handlers.clear()
    access.propagate = False
    logging.getLogger("uvicorn.error").addFilter(_of_no_socket)


_OF_SOCKETS = (
    '%s - "WebSocket %s" ',
    "connection open",
    "connection closed",
    "connection rejected ",
    # An error, says uvicorn, of each WebSocket that is refused: its pull request 3138.
    "ASGI callable returned without completing handshake.",
)


def _of_no_socket(record: logging.LogRecord) -> bool:
    """Whether a line of uvicorn's is about something else than a WebSocket's beginning and end.

    These have the client's address and the query in them; `request_log` says the rest.
    """
    return not str(record.msg).startswith(_OF_SOCKETS)


def request_logger(lines: Lines) -> FilteringBoundLogger:
    """A logger for the one line that each request costs: past the standard library's, and cheap."""
    processors: list[Processor] = [structlog.processors.add_log_level, _named]
    if lines.for_people:
        raw: Any = structlog.WriteLogger(sys.stderr)
        processors += [_TIME, _console()]
    else:
        # The buffer is the one that the other lines go through, so none is torn apart.
        raw = structlog.BytesLogger(sys.stderr.buffer)
        serializer = partial(orjson.dumps, option=orjson.OPT_UTC_Z)
        processors += [_timed, structlog.processors.JSONRenderer(serializer=serializer)]
    logger = structlog.wrap_logger(
        raw,
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(lines.level.number),
    )
    return cast("FilteringBoundLogger", logger.bind())


def _named(_: Any, __: str, event: Any) -> Any:
    event["logger"] = "connectx.requests"
    return event


def _timed(_: Any, __: str, event: Any) -> Any:
    event["timestamp"] = utc_now()  # orjson writes it as `_TIME` does, in a third of the time
    return event


def _rendering(lines: Lines) -> list[Processor]:
    if lines.for_people:
        return [_console()]
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(serializer=_json),
    ]


def _console() -> structlog.dev.ConsoleRenderer:
    # The plain traceback: the default one shows local variables, and with them passwords.
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(),
        sort_keys=False,
        pad_event_to=0,
        exception_formatter=structlog.dev.plain_traceback,
    )


def _json(line: Any, **options: Any) -> str:
    return orjson.dumps(line, **options).decode()
