"""Hands a letter over in two round trips, where aiosmtplib takes four (RFC 2920)."""

from collections.abc import Sequence

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponse,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPStatus,
)

from mail.smtp_wire import Wire


def takes_pipelines(session: SMTP) -> bool:
    """Whether the server said so when it was greeted."""
    return session.supports_extension("pipelining")


async def hand_over(session: SMTP, *, sender: str, recipient: str, message: bytes) -> None:
    """Gives the server a letter, as `session.sendmail` does; its lines end in CRLF.

    Raises what that raises, but SMTPRecipientRefused for the one recipient that there is. A session
    whose server cannot be followed any more is closed.
    """
    envelope = _envelope(session, sender, recipient, message)
    try:
        with Wire(session) as wire:
            answers = await wire.ask(envelope, 3)
            refusal = _refusal(answers, sender, recipient)
            if answers[-1].code == SMTPStatus.start_input:
                # It waits for a message even if it took no recipient: then for an empty one.
                answers = await wire.ask(b".\r\n" if refusal else _quoted(message), 1)
                refusal = refusal or _refusal_of_data(answers[0])
        if refusal:
            await _start_over(session, answers[-1])
    except BaseException:
        # What is still to come would be taken for the answer to the next command.
        session.close()
        raise
    if refusal:
        raise refusal


def _envelope(session: SMTP, sender: str, recipient: str, message: bytes) -> bytes:
    size = f" SIZE={len(message)}" if session.supports_extension("size") else ""
    utf8 = "" if recipient.isascii() else " SMTPUTF8"
    if utf8 and not session.supports_extension("smtputf8"):
        raise SMTPNotSupported("SMTPUTF8 is not supported by this server")
    return f"MAIL FROM:<{sender}>{size}{utf8}\r\nRCPT TO:<{recipient}>\r\nDATA\r\n".encode()


def _quoted(message: bytes) -> bytes:
    """With its end, and no other line that looks like it (RFC 5321 4.5.2)."""
    return (b"\n" + message).replace(b"\n.", b"\n..")[1:] + b".\r\n"


def _refusal(
    answers: Sequence[SMTPResponse], sender: str, recipient: str
) -> SMTPResponseException | None:
    """Of the first command that the server did not follow; it may have hung up after it."""
    mail, *others = answers
    if not _is_done(mail):
        return SMTPSenderRefused(*mail, sender)
    rcpt, *others = others
    if not _is_done(rcpt):
        return SMTPRecipientRefused(*rcpt, recipient)
    [data] = others
    return None if data.code == SMTPStatus.start_input else SMTPDataError(*data)


def _refusal_of_data(answer: SMTPResponse) -> SMTPResponseException | None:
    return None if _is_done(answer) else SMTPDataError(*answer)


def _is_done(answer: SMTPResponse) -> bool:
    return answer.code // 100 == 2  # noqa: PLR2004 - RFC 5321 4.3.2: the first digit tells


async def _start_over(session: SMTP, last: SMTPResponse) -> None:
    """Has the server forget the letter, or ends the session if it does not say that it has."""
    if last.code == SMTPStatus.domain_unavailable:
        session.close()  # as the server does
        return
    try:
        await session.rset()
    except (SMTPException, OSError):
        session.close()
