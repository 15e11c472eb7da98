"""uvicorn's protocol for WebSockets, with what connectx adds to it."""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from server.edge.connected import extension


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """A connection that speaks WebSocket."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:  # the handshake is valid, and so there is a scope
            self.scope["extensions"].update(extension(self.transport))  # type: ignore[arg-type]
