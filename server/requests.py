"""Each request has an id, which its answer carries, and one line in the log."""

import re
from secrets import token_hex
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars
from structlog.typing import FilteringBoundLogger

from server.observing import Observed, Witnesses

OBSERVED = "connectx.observed"
"""Where a request's scope has its `Observed`."""

_HEADER = b"x-request-id"
_SAFE_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")
"""What a proxy may choose: nothing that could end a line or be taken for another field."""

_MAX_PATH = 200
"""Characters of a path in the log."""

_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""What machines ask every few seconds: a line only at the level `debug`."""


class Requests:
    """The application, with an id and a line for each of its requests; without a log, no line.

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
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        observed = scope[OBSERVED] = Observed(_request_id(scope), self._witnesses)
        # For every other line that the request causes.
        bind_contextvars(request_id=observed.request_id)
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (_HEADER, observed.request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            if self._log is not None:
                write = self._log.debug if scope["path"] in _QUIET else self._log.info
                milliseconds = round((perf_counter() - begun) * 1000, 1)
                # Status 0: it ended without an answer, as when the process is stopped for good.
                line = _line(scope, observed)
                write("request", **line, status=status, duration_ms=milliseconds)


def _line(scope: Scope, observed: Observed) -> dict[str, object]:
    line: dict[str, object] = {
        "request_id": observed.request_id,
        "method": scope["method"],
        "path": scope["raw_path"][:_MAX_PATH].decode("ascii", "backslashreplace"),
    }
    if observed.kind is not None:
        line["operation"] = observed.operation_name or f"({observed.kind})"
    if observed.mutations:
        line["mutation"] = ",".join(observed.mutations)
    if observed.outcomes:
        line["outcome"] = ",".join(observed.outcomes)
    return line


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == _HEADER and _SAFE_ID.fullmatch(value):
            return str(value, "ascii")
    return token_hex(16)
