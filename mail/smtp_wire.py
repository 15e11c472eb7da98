"""Reads an SMTP server's answers, several at a time."""

import asyncio
import re
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

_LONGEST_LINE = 8192
"""Bytes, as aiosmtplib has it; RFC 5321 4.5.3.1.5 wants no more than 512."""

_CODE = re.compile(rb"[0-9]{3}")


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
        """The answers, as many as commands, or fewer if the server ends the session.

        They have as long together as they would have one by one.
        """
        # A reader of its own: what came unasked is no answer to these.
        reader = Reader(count)
        self._transport.set_protocol(reader)
        if self._transport.is_closing():
            raise SMTPServerDisconnected("Connection lost")
        self._transport.write(commands)
        try:
            async with asyncio.timeout(self._timeout and self._timeout * count):
                return await reader.answers
        except TimeoutError:
            raise SMTPReadTimeoutError("Timed out waiting for server response") from None


class Reader(asyncio.Protocol):
    """Puts answers together from what arrives.

    Without a stream and a time limit for each, which cost a mail 0.1 to 0.2 ms.
    """

    def __init__(self, count: int) -> None:
        self.answers: asyncio.Future[list[SMTPResponse]]
        self.answers = asyncio.get_running_loop().create_future()
        self._count = count
        self._so_far: list[SMTPResponse] = []
        self._lines: list[str] = []
        """Of the answer that is being read."""
        self._unread = b""

    def data_received(self, data: bytes) -> None:
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            if not self.answers.done():
                self._read(line)
        if len(self._unread) > _LONGEST_LINE:
            self._fail(_malformed())

    def eof_received(self) -> None:
        # Nothing is returned, so that a server's end is the connection's.
        self._fail(SMTPServerDisconnected("Connection lost"))

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(exc or SMTPServerDisconnected("Connection lost"))

    def _read(self, line: bytes) -> None:
        code, more, text = line[:3], line[3:4] == b"-", line[4:]
        if not _CODE.fullmatch(code) or len(line) > _LONGEST_LINE or self._is_endless():
            self._fail(_malformed())
            return
        self._lines.append(text.decode(errors="surrogateescape").strip())
        if not more:
            self._so_far.append(SMTPResponse(int(code), "\n".join(self._lines)))
            self._lines = []
            if self._is_last(int(code)):
                self.answers.set_result(self._so_far)

    def _is_endless(self) -> bool:
        return len(self._lines) == _MOST_LINES

    def _is_last(self, code: int) -> bool:
        return len(self._so_far) == self._count or code == SMTPStatus.domain_unavailable

    def _fail(self, error: Exception) -> None:
        if not self.answers.done():
            self.answers.set_exception(error)


def _malformed() -> SMTPResponseException:
    return SMTPResponseException(SMTPStatus.invalid_response, "Malformed SMTP response")
