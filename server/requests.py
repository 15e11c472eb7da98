"""Each request has an id, which its answer carries, and one line in the log."""

import re
from random import Random

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.observing import Observed, Witnesses
from server.structlog_parts import FilteringBoundLogger, bind_contextvars

OBSERVED = "connectx.observed"
"""Where a request's scope has its `Observed`."""

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


class Requests:
    """The application, with an id and a line for each of its requests; without a log, no line.

    A WebSocket is one request, with a line at its end, and each of its operations has one as well.

    A line never has the query string, which may have values in it, and nothing about the client:
    an address is personal, and its hash is no less to whoever has the key.
    """

    def __init__(
        self, app: ASGIApp, *, witnesses: Witnesses, log: FilteringBoundLogger | None = None
    ) -> None:
        self._app = app
        self._witnesses = witnesses
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        observed = Observed(_request_id(scope), self._witnesses, self._record)
        scope[OBSERVED] = observed
        # For every other line that the request causes.
        bind_contextvars(request_id=observed.request_id)
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] in _STARTS:
                status = message.get("status", _SWITCHING_PROTOCOLS)
                message["headers"] = [
                    *message.get("headers", ()),
                    (_HEADER, observed.request_id.encode()),
                ]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            # Status 0: it ended without an answer, as when the process is stopped for good.
            self._write(scope, observed, status)

    def _write(self, scope: Scope, observed: Observed, status: int) -> None:
        if self._log is None:
            return
        write = self._log.debug if scope["path"] in _QUIET else self._log.info
        write(
            "request",
            request_id=observed.request_id,
            method=scope.get("method", "GET"),  # a WebSocket's handshake is one
            path=scope["raw_path"][:_MAX_PATH].decode("ascii", "backslashreplace"),
            **observed.line(),
            status=status,
            duration_ms=observed.milliseconds(),
        )

    def _record(self, observed: Observed) -> None:
        """An operation over a WebSocket, whose own line comes when the connection ends."""
        if self._log is not None:
            self._log.info(
                "operation",
                request_id=observed.request_id,
                **observed.line(),
                duration_ms=observed.milliseconds(),
            )


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == _HEADER and _SAFE_ID.fullmatch(value):
            return str(value, "ascii")
    return f"{_NUMBERS.getrandbits(128):032x}"
