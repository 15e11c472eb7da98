"""An SMTP server that gives the answers that a test has written down for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mail.mail_transport import MailSession
from mail.smtp.smtp_transport import SmtpTransport
from mail.smtp.url import smtp_config

EHLO = b"250-mx.example\r\n250 SIZE 100000\r\n"
USUAL = {
    b"greeting": b"220 mx.example\r\n",
    b"EHLO": EHLO,
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}


class ScriptedSmtp:
    """Answers each command by its verb, the message by `.`; the last answer to one stays.

    An answer of None hangs up, and an empty one says nothing. What is not told is `250 OK`. The
    greeting is an answer to `greeting`.
    """

    def __init__(self, **answers: list[bytes | None]) -> None:
        self._answers: dict[bytes, list[bytes | None]] = {}
        for verb, told in answers.items():
            self.tell(verb, *told)
        self.heard: list[bytes] = []
        """The lines of all sessions, without messages."""
        self.sessions = 0
        self.talking = 0
        self.slow = b""
        """Answers to lines that have this in them come a byte at a time."""
        self.seconds_per_byte = 0.0
        self.greets_for_ever = False
        self.cuts = 0
        """How many messages are cut: the connection is reset after their first bytes."""

    def tell(self, verb: str, *answers: bytes | None) -> None:
        """What it answers from now on."""
        self._answers[verb.replace("message", ".").encode()] = list(answers)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sessions += 1
        self.talking += 1
        try:
            await self._talk(reader, writer)
        except ConnectionError:
            pass
        finally:
            self.talking -= 1
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greeting = self._answer(b"greeting") or b""
        await self._say(greeting, b"greeting", writer)
        while self.greets_for_ever:
            writer.write(greeting)
            await writer.drain()
            await asyncio.sleep(0.01)
        while line := await reader.readline():
            self.heard.append(line.strip())
            answer = self._answer(line[:4].strip())
            if answer is None:
                return
            await self._say(answer, line, writer)
            if answer.startswith(b"354") and line.startswith(b"DATA"):
                if self.cuts > 0:
                    self.cuts -= 1
                    await reader.readexactly(10)
                    writer.transport.abort()
                    return
                await reader.readuntil(b"\r\n.\r\n")
                self.heard.append(b".")
                answer = self._answer(b".")
                if answer is None:
                    return
                await self._say(answer, line, writer)

    async def _say(self, answer: bytes, line: bytes, writer: asyncio.StreamWriter) -> None:
        if not self.slow or self.slow not in line:
            writer.write(answer)
            return
        for byte in answer:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(self.seconds_per_byte)

    def _answer(self, verb: bytes) -> bytes | None:
        told = self._answers.get(verb)
        if not told:
            return USUAL.get(verb, b"250 OK\r\n")
        return told.pop(0) if len(told) > 1 else told[0]


@asynccontextmanager
async def session_with(
    server: ScriptedSmtp, *, patience: int = 5, account: str = ""
) -> AsyncIterator[MailSession]:
    """A session of the transport under test with the server."""
    async with (
        transport_to(server, patience=patience, account=account) as transport,
        transport.session() as session,
    ):
        yield session


@asynccontextmanager
async def transport_to(
    server: ScriptedSmtp, *, patience: int = 5, account: str = ""
) -> AsyncIterator[SmtpTransport]:
    """The transport under test, to the server."""
    async with await asyncio.start_server(server.talk, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        url = f"smtp://{account}127.0.0.1:{port}?starttls=never"
        yield SmtpTransport(smtp_config(url, "shop@example.com", timeout=patience))
