"""The outermost layer: gives each request an id and a line in the log, and each answer headers."""

import re
from random import Random

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import security_headers
from server.structlog_parts import FilteringBoundLogger, bind_contextvars
from server.telemetry.request_record import RequestRecord, TelemetrySinks

RECORD = "connectx.request_record"
"""Where a request's scope has its `RequestRecord`."""

_HEADER = b"x-request-id"

_STARTS = frozenset(
    {"http.response.start", "websocket.accept", "websocket.http.response.start"},
)
"""The messages that have an answer's headers."""

_SWITCHING_PROTOCOLS = 101
"""The status of a WebSocket's handshake, which ASGI leaves out."""

_NUMBERS = Random()  # noqa: S311 - an id need not be hard to guess, and the system's take a call
"""What ids are made of."""

_SAFE_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")
"""What a proxy may choose: nothing that could end a line or be taken for another field."""

_MAX_PATH = 200
"""Characters of a path in the log."""

_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""What machines ask every few seconds: a line only at the level `debug`."""


class RequestLog:
    """The application, with an id and a line for each of its requests. Without a log, no line.

    Every answer has the headers that tell a browser what it may do (server.security_headers).

    A WebSocket is one request, with a line at its end, and each of its operations has one as well.

    A line never has the query string, which may have values in it, and nothing about the client:
    an address is personal, and its hash is no less to whoever has the key.
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
        # For every other line that the request causes.
        bind_contextvars(request_id=record.request_id)
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] in _STARTS:
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
            # Status 0: it ended without an answer, as when the process is stopped for good.
            self._write(scope, record, status)

    def _write(self, scope: Scope, record: RequestRecord, status: int) -> None:
        if self._log is None:
            return
        write = self._log.debug if scope["path"] in _QUIET else self._log.info
        write(
            "request",
            request_id=record.request_id,
            method=scope.get("method", "GET"),  # a WebSocket's handshake is one
            path=scope["raw_path"][:_MAX_PATH].decode("ascii", "backslashreplace"),
            **record.line(),
            status=status,
            duration_ms=record.milliseconds(),
        )

    def _write_operation(self, record: RequestRecord) -> None:
        """An operation over a WebSocket, whose own line comes when the connection ends."""
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
    return f"{_NUMBERS.getrandbits(128):032x}"
