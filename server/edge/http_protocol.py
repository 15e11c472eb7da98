"""uvicorn's protocol for HTTP/1.1, with limits on what one connection may take."""

import asyncio
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from server.edge.connection_limits import LIMITS_KEY, PIECE, ConnectionLimits
from server.edge.connection_state import connection_extensions
from server.edge.flow import Flow
from server.edge.http_head import MAX_HEAD, MAX_REQUEST, problem_of, refusal
from server.edge.request_progress import disconnect, is_answering, is_in_body, is_in_head

_QUEUED = 4 * 1024
"""Bytes that a queued request takes, about."""


class HttpProtocol(HttpToolsProtocol):
    """A connection that speaks HTTP/1.1 (docs/decisions/0015-limits-of-a-connection.md)."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.flow: Flow = Flow(transport, self.pipeline)
        self._extensions = connection_extensions(transport)
        self._running: RequestResponseCycle | None = None
        self._counted = self.scope  # of the request that `_received` is about; None at first
        self._received = 0  # bytes
        self._over = False
        self._refusal = HTTPStatus.BAD_REQUEST
        limits: ConnectionLimits = self.app_state[LIMITS_KEY]
        self._pending = limits.pending
        if limits.admit(transport.get_extra_info("socket").fileno()):
            self._note()
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._over = True
        self.flow.ahead = b""
        self.pipeline.clear()
        self._pending.release(self)
        super().connection_lost(exc)
        # uvicorn tells only the newest request, which may wait behind this one.
        disconnect(self._running)

    def data_received(self, data: bytes) -> None:
        flow = self.flow
        data, flow.ahead = flow.ahead + data, b""
        for start in range(0, len(data), PIECE):
            if flow.is_blocked():
                flow.ahead = data[start:]
                flow.pause_reading()
                self._note()
                return
            piece = data[start : start + PIECE]
            super().data_received(piece)
            self._count(len(piece))
            if self._over:
                return

    def _count(self, size: int) -> None:
        """Counts bytes that were parsed, and refuses a request that is too large."""
        if self._over:
            return
        if self.scope is not self._counted:
            self._counted = self.scope
            self._received = 0
            self._pending.release(self)  # its time begins
        self._received += size
        if is_in_head(self) and self._received > MAX_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif is_in_body(self) and self._received > MAX_REQUEST:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._note()

    def on_headers_complete(self) -> None:
        problem = problem_of(self.headers)
        if problem is not None:
            self._refusal = problem
            raise ValueError  # makes the parser stop; uvicorn then calls send_400_response
        self.scope["extensions"] = self._extensions  # type: ignore[typeddict-item]
        before = self.cycle
        super().on_headers_complete()
        if self.cycle is not before:  # it is no upgrade
            self.headers = []  # trailers, which must not become headers of the request
            if self.parser.should_upgrade():  # to a protocol that is ignored
                self.cycle.keep_alive = False  # httptools could not read a further request
            if not self.pipeline:
                self._running = self.cycle

    def on_response_complete(self) -> None:
        if not self.pipeline:
            super().on_response_complete()
            return
        self._running = self.pipeline[-1][0]
        super().on_response_complete()
        self._note()
        self._read_on()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.flow.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._read_on()

    def handle_websocket_upgrade(self) -> None:
        if is_answering(self):  # its answer would get between the frames
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        self.flow.resume_reading()
        self._over = True
        self._pending.release(self)
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's is the same for all
        self._refuse(self._refusal)

    def is_paused(self) -> bool:
        return self.flow.read_paused

    def end(self, status: HTTPStatus) -> None:
        """Ends the connection; a client that has begun a request is told why."""
        if is_in_head(self) or is_in_body(self) or self.pipeline:
            self._refuse(status)
        else:
            self._over = True
            self.transport.close()

    def _refuse(self, status: HTTPStatus) -> None:
        if self._over:
            return
        self._over = True
        self._pending.release(self)
        in_body = is_in_body(self)
        answered = in_body and self.cycle.response_started
        if answered or self.pipeline or (is_answering(self) and not in_body):
            self.transport.abort()  # another answer is on its way, or this one
            return
        if in_body:
            disconnect(self.cycle)
        self.transport.write(refusal(status, self.server_state.default_headers))
        self.transport.close()

    def _note(self) -> None:
        """Records whether the client still has to send something, and the bytes held meanwhile."""
        in_body, answering = is_in_body(self), is_answering(self)
        in_head = is_in_head(self)
        if answering and not (in_head or in_body or self.pipeline):
            self._pending.release(self)
            return
        held = self._received if in_head or (in_body and answering) else 0
        self._pending.hold(self, held + len(self.flow.ahead) + _QUEUED * len(self.pipeline))

    def _read_on(self) -> None:
        if self._over or self.flow.is_blocked():
            return
        if self.flow.ahead:
            self.data_received(b"")
        self.flow.resume_reading()
