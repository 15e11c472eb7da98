"""The outermost middleware: adds request ids, log lines and security headers."""

import re
from random import Random

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.http import security_headers
from server.telemetry.request_record import RequestRecord, TelemetrySinks
from server.telemetry.structlog_imports import FilteringBoundLogger, bind_contextvars

RECORD = "connectx.request_record"
"""The key of the `RequestRecord` in the ASGI scope."""

_HEADER = b"x-request-id"

_WITH_HEADERS = frozenset(
    {"http.response.start", "websocket.accept", "websocket.http.response.start"},
)
"""The ASGI messages that carry the headers of an answer."""

_SWITCHING_PROTOCOLS = 101
"""The status of an accepted WebSocket, which ASGI leaves out."""

_RANDOM = Random()  # noqa: S311 - ids need not be unguessable; saves a system call
"""The source of request ids."""

_SAFE_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")
"""Request ids that are accepted from a proxy: they cannot break a log line or fake a field."""

_MAX_PATH = 200
"""Characters of a path that are logged."""

_PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Paths of health checks and scrapes, which are logged only at the level `debug`."""


class RequestLog:
    """Middleware that gives each request an id and, if `log` is set, a log line.

    It adds the headers of server.http.security_headers to every HTTP answer.

    A WebSocket is one request with a line at its end. Each of its operations has its own line.

    A line never has the query string, which may contain values, nor anything about the client: an
    IP address is personal data, and so is its hash for anyone who has the key.
    """

    def __init__(
        self, app: ASGIApp, *, sinks: TelemetrySinks, log: FilteringBoundLogger | None = None
    ) -> None:
        self._app = app
        self._sinks = sinks
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        record = RequestRecord(_request_id(scope), self._sinks, self._write_operation)
        scope[RECORD] = record
        # Adds the id to all other log lines of the request.
        bind_contextvars(request_id=record.request_id)
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] in _WITH_HEADERS:
                status = message.get("status", _SWITCHING_PROTOCOLS)
                headers = [*message.get("headers", ()), (_HEADER, record.request_id.encode())]
                if message["type"] == "http.response.start":
                    headers += security_headers.ALWAYS
                    if security_headers.POLICY not in dict(headers):
                        headers += security_headers.NO_PAGE
                message["headers"] = headers
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            # Status 0: no answer was sent, for example because the process was stopped.
            self._write(scope, record, status)

    def _write(self, scope: Scope, record: RequestRecord, status: int) -> None:
        if self._log is None:
            return
        write = self._log.debug if scope["path"] in _PROBES else self._log.info
        write(
            "request",
            request_id=record.request_id,
            method=scope.get("method", "GET"),  # a WebSocket handshake is a GET
            path=scope["raw_path"][:_MAX_PATH].decode("ascii", "backslashreplace"),
            **record.line(),
            status=status,
            duration_ms=record.milliseconds(),
        )

    def _write_operation(self, record: RequestRecord) -> None:
        """Logs an operation over a WebSocket; the WebSocket's own line comes at its end."""
        if self._log is not None:
            self._log.info(
                "operation",
                request_id=record.request_id,
                **record.line(),
                duration_ms=record.milliseconds(),
            )


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == _HEADER and _SAFE_ID.fullmatch(value):
            return str(value, "ascii")
    return f"{_RANDOM.getrandbits(128):032x}"
