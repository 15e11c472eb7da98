"""Reads an SMTP server's answers, several at a time."""

import asyncio
from types import TracebackType
from typing import Self, cast

from aiosmtplib import (
    SMTP,
    SMTPReadTimeoutError,
    SMTPResponse,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPStatus,
)

_MOST_LINES = 100
"""Of one answer; the longest that are known, those to EHLO, have a dozen."""


class _Listener(asyncio.StreamReaderProtocol):
    def eof_received(self) -> bool:
        super().eof_received()
        return False  # so that a server's end is the connection's


class Wire:
    """A session's connection, read in aiosmtplib's place: that loses answers that come together."""

    def __init__(self, session: SMTP) -> None:
        if session.transport is None:
            raise SMTPServerDisconnected("Connection lost")
        self._transport = cast("asyncio.Transport", session.transport)
        self._usual = self._transport.get_protocol()
        self._timeout = session.timeout

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._transport.set_protocol(self._usual)

    async def ask(self, commands: bytes, count: int) -> list[SMTPResponse]:
        """The answers, as many as commands, or fewer if the server ends the session."""
        # A reader of its own: what came unasked is no answer to these.
        reader = asyncio.StreamReader()
        self._transport.set_protocol(_Listener(reader))
        if self._transport.is_closing():
            raise SMTPServerDisconnected("Connection lost")
        self._transport.write(commands)
        answers = [await self._answer(reader)]
        while len(answers) < count and answers[-1].code != SMTPStatus.domain_unavailable:
            answers.append(await self._answer(reader))
        return answers

    async def _answer(self, reader: asyncio.StreamReader) -> SMTPResponse:
        try:
            async with asyncio.timeout(self._timeout):
                return await _whole_answer(reader)
        except TimeoutError:
            raise SMTPReadTimeoutError("Timed out waiting for server response") from None


async def _whole_answer(reader: asyncio.StreamReader) -> SMTPResponse:
    lines: list[str] = []
    while len(lines) < _MOST_LINES:
        line = await reader.readline()
        if not line.endswith(b"\n"):
            raise SMTPServerDisconnected("Connection lost")
        if not line[:3].isdigit():
            break
        lines.append(line[4:].decode(errors="surrogateescape").strip())
        if line[3:4] != b"-":
            return SMTPResponse(int(line[:3]), "\n".join(lines))
    raise SMTPResponseException(SMTPStatus.invalid_response, "Malformed SMTP response")
