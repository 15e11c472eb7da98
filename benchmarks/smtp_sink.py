"""An SMTP server that takes everything: `python smtp_sink.py PORT [FILE]`.

Into the file go the recipients and messages of all that it took, once it is asked to end.
"""

import asyncio
import pickle
import signal
import sys
from pathlib import Path
from typing import cast

import uvloop

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
                extensions = b"250-8BITMIME\r\n250-PIPELINING\r\n250 SMTPUTF8\r\n"
                self._transport.write(b"250-sink\r\n" + extensions)
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


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), *sys.argv[2:]))
