"""uvicorn's protocol for WebSockets, with limits on what one connection may take."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame
from websockets.http11 import Request

from server.edge.connection_limits import LIMITS_KEY, PIECE, ConnectionLimits
from server.edge.connection_state import connection_extensions
from server.edge.http_head import refusal

_FRAMES_PER_SECOND = 100
_FRAMES_AT_ONCE = 1_000
"""How many frames a client may send. The server delays reading further ones to keep this rate."""

_PAUSE = 0.1
"""Seconds until the server reads again from a client that has sent too many frames."""

_MAX_FRAGMENTS = 1_000
"""Frames of one message, which may be empty."""

_CLOSE_TIMEOUT = 2.0
"""Seconds that a client has to answer the server's close before the connection is cut."""


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """A connection that speaks WebSocket (docs/decisions/0015-limits-of-a-connection.md)."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        limits: ConnectionLimits = self.app_state[LIMITS_KEY]
        self._pending = limits.pending
        self._ahead = b""  # was read, but waits until it may be parsed
        self._frames_left = float(_FRAMES_AT_ONCE)
        self._counted_at = self.loop.time()
        self._timer: asyncio.TimerHandle | None = None
        self._is_refused = False

    def connection_lost(self, exc: Exception | None) -> None:
        self._ahead = b""
        self._pending.release(self)
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        data, self._ahead = self._ahead + data, b""
        for start in range(0, len(data), PIECE):
            if self._is_blocked():
                self._ahead = data[start:]
                self.transport.pause_reading()
                break
            super().data_received(data[start : start + PIECE])
            if self.conn.handshake_exc is not None and not self.transport.is_closing():
                self._refuse_handshake()
            if self.transport.is_closing():
                return
        self._note()

    def handle_events(self) -> None:
        self._frames_left -= len(self.conn.events)
        super().handle_events()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:  # the handshake is valid, and so there is a scope
            self.scope["extensions"].update(connection_extensions(self.transport))  # type: ignore[arg-type]

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= _MAX_FRAGMENTS:
            self._fail(CloseCode.MESSAGE_TOO_BIG, "too many fragments")
        else:
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        self._pending.release(self)
        if self.curr_msg_data_type == "text" and not _is_utf8(self.frames):
            # uvicorn would log a traceback for each such message.
            self._fail(CloseCode.INVALID_DATA, "invalid UTF-8")
            return
        super().send_receive_event_to_app()

    async def receive(self) -> Any:
        message = await super().receive()
        self._read_on()
        return message

    async def send(self, message: Any) -> None:
        if self._is_refused:
            raise ClientDisconnected  # the application does not know yet
        await super().send(message)
        if message["type"] == "websocket.close":
            # Not close(): that would wait for a client that does not read.
            self.loop.call_later(_CLOSE_TIMEOUT, self.transport.abort)

    def handle_parser_exception(self) -> None:
        self._is_refused = True
        super().handle_parser_exception()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._read_on()

    def is_paused(self) -> bool:
        return self._is_blocked()

    def end(self, status: HTTPStatus) -> None:
        """Ends the connection, whose client has begun a message and not finished it."""
        if status is HTTPStatus.REQUEST_TIMEOUT:
            self._fail(CloseCode.POLICY_VIOLATION, "the message took too long")
        else:
            self._fail(CloseCode.TRY_AGAIN_LATER, "the server is busy")

    def _fail(self, code: CloseCode, reason: str) -> None:
        self.conn.fail(code, reason)
        if self.conn.close_sent is None:
            self.transport.abort()  # there was no handshake
        else:
            self.handle_parser_exception()  # sends the close, and tells the application

    def _refuse_handshake(self) -> None:
        """Answers a handshake that websockets could not read. uvicorn would leave it open."""
        answer = b"".join(self.conn.data_to_send())  # empty for a handshake with a body
        self.transport.write(answer or refusal(HTTPStatus.BAD_REQUEST, self.default_headers))
        self.transport.close()

    def _note(self) -> None:
        """Tells how many bytes the connection holds of what the client still has to complete."""
        held = len(self._ahead) + len(self.conn.reader.buffer) + sum(map(len, self.frames))
        if held:
            self._pending.hold(self, held)
        else:
            self._pending.release(self)

    def _is_blocked(self) -> bool:
        """Whether nothing more may be parsed for now."""
        return self.read_paused or not self.writable.is_set() or not self._may_send_frames()

    def _may_send_frames(self) -> bool:
        now = self.loop.time()
        earned = (now - self._counted_at) * _FRAMES_PER_SECOND
        self._frames_left = min(_FRAMES_AT_ONCE, self._frames_left + earned)
        self._counted_at = now
        if self._frames_left > 0:
            return True
        if self._timer is None:
            self._timer = self.loop.call_later(_PAUSE, self._count_again)
        return False

    def _count_again(self) -> None:
        self._timer = None
        self._read_on()

    def _read_on(self) -> None:
        if self.transport.is_closing():
            return
        if self._is_blocked():
            self.transport.pause_reading()
        else:
            self.data_received(b"")
            if not self._ahead:
                self.transport.resume_reading()


def _is_utf8(frames: Sequence[bytes]) -> bool:
    try:
        b"".join(frames).decode()
    except UnicodeDecodeError:
        return False
    return True
