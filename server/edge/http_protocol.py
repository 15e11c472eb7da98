"""uvicorn's protocol for HTTP/1.1, with what connectx adds to it."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.edge.connected import extension


class HttpProtocol(HttpToolsProtocol):
    """A connection that speaks HTTP/1.1."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._extensions = extension(transport)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = self._extensions  # type: ignore[typeddict-item]
