"""An SMTP server that says what it is told to, whatever it hears."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiosmtplib import SMTP

from mail.pipelining import hand_over

GREETING = b"250-mx.example\r\n250-SIZE 1000\r\n250 PIPELINING\r\n"
TAKEN = b"250 OK\r\n250 OK\r\n354 go on\r\n"
MESSAGE = b"Subject: x\r\n\r\nhello\r\n"


class Server:
    """Answers EHLO, then what is told to whatever comes next, one after the other."""

    def __init__(self, *answers: bytes, hangs_up: bool = False, greeting: bytes = GREETING) -> None:
        self._answers = answers
        self._greeting = greeting
        self._hangs_up = hangs_up
        self.heard: list[bytes] = []
        self.ended = asyncio.Event()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        finally:
            writer.close()
            self.ended.set()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mx.example\r\n")
        await reader.readline()
        writer.write(self._greeting)
        for answer in self._answers:
            self.heard.append(await reader.read(100_000))
            writer.write(answer)
        if not self._hangs_up:
            self.heard.append(await reader.read(100_000))


@asynccontextmanager
async def greeted(server: Server) -> AsyncIterator[SMTP]:
    async with await asyncio.start_server(server.talk, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        session = SMTP(
            hostname="127.0.0.1", port=port, timeout=5, start_tls=False, local_hostname="localhost"
        )
        await session.connect()
        await session.ehlo()
        try:
            yield session
        finally:
            session.close()
            await server.ended.wait()


async def send(session: SMTP, *, recipient="ada@example.com", message=MESSAGE) -> None:
    await hand_over(session, sender="shop@example.com", recipient=recipient, message=message)
