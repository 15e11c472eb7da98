"""An SMTP server that gives the answers that a test has written down for it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from mail.smtp import SmtpTransport
from mail.smtp_url import smtp_config
from mail.transport import MailSession

EHLO = b"250-mx.example\r\n250 SIZE 100000\r\n"
USUAL = {b"EHLO": EHLO, b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class Server:
    """Answers each command by its verb, the message by `.`; the last answer to one stays.

    An answer of None hangs up, and an empty one says nothing. What is not told is `250 OK`.
    """

    def __init__(self, **answers: list[bytes | None]) -> None:
        self._answers: Mapping[bytes, list[bytes | None]] = {
            verb.replace("message", ".").encode(): list(told) for verb, told in answers.items()
        }
        self.heard: list[bytes] = []
        """The lines of all sessions, without messages."""
        self.sessions = 0
        self.talking = 0

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
        writer.write(b"220 mx.example\r\n")
        while line := await reader.readline():
            self.heard.append(line.strip())
            answer = self._answer(line[:4].strip())
            if answer is None:
                return
            writer.write(answer)
            if answer.startswith(b"354") and line.startswith(b"DATA"):
                await reader.readuntil(b"\r\n.\r\n")
                self.heard.append(b".")
                answer = self._answer(b".")
                if answer is None:
                    return
                writer.write(answer)

    def _answer(self, verb: bytes) -> bytes | None:
        told = self._answers.get(verb)
        if not told:
            return USUAL.get(verb, b"250 OK\r\n")
        return told.pop(0) if len(told) > 1 else told[0]


@asynccontextmanager
async def session_with(server: Server, *, patience: int = 5) -> AsyncIterator[MailSession]:
    """A session of the transport under test with the server."""
    async with await asyncio.start_server(server.talk, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        config = smtp_config(f"smtp://127.0.0.1:{port}", "shop@example.com", timeout=patience)
        async with SmtpTransport(config).session() as session:
            yield session
