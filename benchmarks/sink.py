"""An SMTP server that takes everything: `python sink.py PORT [FILE]`.

Into the file go the recipients and messages of all that it took, once it is asked to end.
"""

import asyncio
import pickle
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

import uvloop
from offering import OTHER_CORES, on
from postbox import eventually
from postgres import free_port
from process import Process

_END = b"\r\n.\r\n"


class _Session(asyncio.Protocol):
    def __init__(self, kept: list[tuple[str, bytes]] | None) -> None:
        self._kept = kept
        self._recipient = ""
        self._received = b""
        self._in_message = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by its class
        self._transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._received += data
        while self._received:
            end = _END if self._in_message else b"\r\n"
            content, found, rest = self._received.partition(end)
            if not found:
                return
            self._received = rest
            if self._in_message:
                self._take(content)
            else:
                self._answer(content)

    def _take(self, message: bytes) -> None:
        self._in_message = False
        if self._kept is not None:
            self._kept.append((self._recipient, message.replace(b"\r\n..", b"\r\n.")))
        self._transport.write(b"250 OK\r\n")

    def _answer(self, line: bytes) -> None:
        match line[:4].upper():
            case b"EHLO":
                self._transport.write(b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")
            case b"RCPT":
                self._recipient = line.partition(b"<")[2].partition(b">")[0].decode()
                self._transport.write(b"250 OK\r\n")
            case b"DATA":
                self._in_message = True
                self._transport.write(b"354 go on\r\n")
            case b"QUIT":
                self._transport.write(b"221 bye\r\n")
                self._transport.close()
            case _:
                self._transport.write(b"250 OK\r\n")


async def _serve(port: int, keep: str | None = None) -> None:
    kept: list[tuple[str, bytes]] | None = [] if keep else None
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    server = await loop.create_server(lambda: _Session(kept), "127.0.0.1", port)
    await ended.wait()
    server.close()
    if keep:
        Path(keep).write_bytes(pickle.dumps(kept))  # noqa: ASYNC240 - nobody waits any more


@contextmanager
def sinking(keep: str | None = None) -> Iterator[str]:
    """Its URL, while it runs in a process of its own, beside the server's cores."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", __file__, str(port), *([keep] if keep else [])]
    with on(OTHER_CORES), Process(*command) as sink:
        eventually(lambda: _listens(port), "the sink")
        yield f"smtp://127.0.0.1:{port}"
        sink.stop()


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), *sys.argv[2:]))
