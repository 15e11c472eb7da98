"""An SMTP server that takes everything and keeps nothing but the count: `python sink.py PORT`."""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvloop
from load import OTHER_CORES, on
from postbox import eventually
from postgres import free_port
from process import Process


class _Session(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self._transport = transport
        self._received = b""
        self._in_message = False
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._received += data
        while self._received:
            if self._in_message:
                _, end, rest = self._received.partition(b"\r\n.\r\n")
                if not end:
                    return
                self._in_message = False
                self._transport.write(b"250 OK\r\n")
            else:
                line, end, rest = self._received.partition(b"\r\n")
                if not end:
                    return
                self._answer(line[:4].upper())
            self._received = rest

    def _answer(self, verb: bytes) -> None:
        match verb:
            case b"EHLO":
                self._transport.write(b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")
            case b"DATA":
                self._in_message = True
                self._transport.write(b"354 go on\r\n")
            case b"QUIT":
                self._transport.write(b"221 bye\r\n")
                self._transport.close()
            case _:
                self._transport.write(b"250 OK\r\n")


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(_Session, "127.0.0.1", port)
    await server.serve_forever()


@contextmanager
def sinking() -> Iterator[str]:
    """Its URL, while it runs in a process of its own, beside the server's cores."""
    port = free_port()
    with on(OTHER_CORES), Process(sys.executable, "-W", "ignore", __file__, str(port)):
        eventually(lambda: _listens(port), "the sink")
        yield f"smtp://127.0.0.1:{port}"


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1])))
