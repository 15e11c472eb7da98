"""Hands a letter over in two round trips, where aiosmtplib takes four (RFC 2920)."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self, cast

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPReadTimeoutError,
    SMTPRecipientRefused,
    SMTPResponse,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPStatus,
)

_MOST_LINES = 100
"""Of one answer; the longest that are known, those to EHLO, have a dozen."""


def takes_pipelines(session: SMTP) -> bool:
    """Whether the server has said so when it was greeted; before that, not."""
    return session.supports_extension("pipelining")


async def hand_over(session: SMTP, *, sender: str, recipient: str, message: bytes) -> None:
    """What `session.sendmail` does, and with the same errors; lines of the message end in CRLF.

    A session whose server cannot be followed any more is closed.
    """
    envelope = _envelope(session, sender, recipient, message)
    try:
        with _Wire(session) as wire:
            answers = await wire.ask(envelope, 3)
            refusal = _refusal(answers, sender, recipient)
            if answers[-1].code == SMTPStatus.start_input:
                # It waits for a message even if it took no recipient: then for an empty one.
                answers = await wire.ask(b".\r\n" if refusal else _quoted(message), 1)
                refusal = refusal or _refusal_of_data(answers[0])
    except BaseException:
        # What is still to come would be taken for the answer to the next command.
        session.close()
        raise
    if refusal:
        await _start_over(session, refusal)
        raise refusal


def _envelope(session: SMTP, sender: str, recipient: str, message: bytes) -> bytes:
    size = f" SIZE={len(message)}" if session.supports_extension("size") else ""
    utf8 = "" if recipient.isascii() else " SMTPUTF8"
    if utf8 and not session.supports_extension("smtputf8"):
        raise SMTPNotSupported("SMTPUTF8 is not supported by this server")
    return f"MAIL FROM:<{sender}>{size}{utf8}\r\nRCPT TO:<{recipient}>\r\nDATA\r\n".encode()


def _quoted(message: bytes) -> bytes:
    """With its end, and no other line that looks like it (RFC 5321 4.5.2)."""
    return message.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def _refusal(
    answers: Sequence[SMTPResponse], sender: str, recipient: str
) -> SMTPResponseException | None:
    """Of the first command that the server did not follow; it may have hung up after it."""
    mail, *others = answers
    if mail.code != SMTPStatus.completed:
        return SMTPSenderRefused(*mail, sender)
    rcpt, *others = others
    if rcpt.code not in {SMTPStatus.completed, SMTPStatus.will_forward}:
        return SMTPRecipientRefused(*rcpt, recipient)
    [data] = others
    return None if data.code == SMTPStatus.start_input else SMTPDataError(*data)


def _refusal_of_data(answer: SMTPResponse) -> SMTPResponseException | None:
    return None if answer.code == SMTPStatus.completed else SMTPDataError(*answer)


async def _start_over(session: SMTP, refusal: SMTPResponseException) -> None:
    if refusal.code == SMTPStatus.domain_unavailable:
        session.close()  # as the server does
        return
    with suppress(SMTPException, OSError):
        await session.rset()


class _Listener(asyncio.StreamReaderProtocol):
    def eof_received(self) -> bool:
        super().eof_received()
        return False  # so that a server's end is the connection's


class _Wire:
    """A session's connection, read in aiosmtplib's place: that loses answers that come together."""

    def __init__(self, session: SMTP) -> None:
        if session.transport is None:
            raise SMTPServerDisconnected("Connection lost")
        self._transport = cast("asyncio.Transport", session.transport)
        self._usual = self._transport.get_protocol()
        self._timeout = session.timeout
        self._reader = asyncio.StreamReader()

    def __enter__(self) -> Self:
        self._transport.set_protocol(_Listener(self._reader))
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
        self._transport.write(commands)
        answers = [await self._answer()]
        while len(answers) < count and answers[-1].code != SMTPStatus.domain_unavailable:
            answers.append(await self._answer())
        return answers

    async def _answer(self) -> SMTPResponse:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._whole_answer()
        except TimeoutError:
            raise SMTPReadTimeoutError("Timed out waiting for server response") from None

    async def _whole_answer(self) -> SMTPResponse:
        lines: list[str] = []
        while len(lines) < _MOST_LINES:
            line = await self._reader.readline()
            if not line.endswith(b"\n"):
                raise SMTPServerDisconnected("Connection lost")
            if not line[:3].isdigit():
                break
            lines.append(line[4:].decode(errors="surrogateescape").strip())
            if line[3:4] != b"-":
                return SMTPResponse(int(line[:3]), "\n".join(lines))
        raise SMTPResponseException(SMTPStatus.invalid_response, "Malformed SMTP response")
