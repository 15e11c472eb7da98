"""Sends letters over SMTP, several in one session."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPStatus,
)

from mail.fastapi_mail_parts import Connection, ConnectionConfig, ConnectionErrors
from mail.mime import message_bytes
from mail.redaction import redacted
from mail.smtp_address import with_ascii_domain
from mail.transport import MailSession, Message, SendError, UnreachableError

_GOODBYE = 2.0
"""Seconds for the answer to QUIT, which nobody needs."""

_LETTERS = 100
"""In one session: many servers end a longer one, at a moment that they choose."""


class SmtpTransport:
    """Sends through the server that `mail.smtp_url.smtp_config` describes."""

    def __init__(self, config: ConnectionConfig) -> None:
        self._config = config

    @asynccontextmanager
    async def session(self) -> AsyncIterator[MailSession]:
        session = _SmtpSession(self._config)
        try:
            yield session
        finally:
            await session.close()


class _SmtpSession:
    def __init__(self, config: ConnectionConfig) -> None:
        self._config = config
        self._session: SMTP | None = None
        self._letters = 0
        """That the session has had."""

    async def send(self, letter: Message) -> None:
        recipient = with_ascii_domain(letter.recipient)
        message = message_bytes(letter, recipient=recipient, config=self._config)
        try:
            await self._send(recipient, message)
        except SMTPNotSupported as error:
            raise SendError(reason(error), permanent=True) from None
        except (SMTPException, OSError, ValueError) as error:
            raise SendError(reason(error)) from None

    async def _send(self, recipient: str, message: bytes) -> None:
        session = await self._connected()
        try:
            await self._hand_over(session, recipient, message)
        except SMTPResponseException as error:
            if error.code != SMTPStatus.domain_unavailable or self._letters == 1:
                raise
            # It ends this session, of which it had enough, and has not taken the letter.
            session.close()
            await self._hand_over(await self._connected(), recipient, message)

    async def _hand_over(self, session: SMTP, recipient: str, message: bytes) -> None:
        options = [] if recipient.isascii() else ["SMTPUTF8"]
        try:
            await session.sendmail(self._config.MAIL_FROM, recipient, message, mail_options=options)
        except asyncio.CancelledError:
            # The answer is still to come, and would be taken for that to the next command.
            session.close()
            raise

    async def _connected(self) -> SMTP:
        """The session, opened again if the server has closed it, or it has had its share."""
        if self._letters == _LETTERS:
            await self.close()
        if self._session is None or not self._session.is_connected:
            self._session = await _open(self._config)
            self._letters = 0
        self._letters += 1
        return self._session

    async def close(self) -> None:
        if self._session is None:
            return
        with suppress(SMTPException, OSError):  # a timeout is an OSError
            async with asyncio.timeout(_GOODBYE):
                await self._session.quit()
        self._session.close()
        self._session = None


async def _open(config: ConnectionConfig) -> SMTP:
    connection = Connection(config)
    try:
        await connection.__aenter__()
    except ConnectionErrors as error:
        connection.session.close()  # still open if only the login failed
        # The library puts the original into a sentence, and raises that without a cause.
        raise UnreachableError(reason(error.__context__ or error)) from None
    except BaseException:
        connection.session.close()
        raise
    return connection.session


def reason(error: BaseException) -> str:
    """What a server said, or why it could not be asked, without persons and secrets."""
    if isinstance(error, SMTPRecipientsRefused):
        error = error.recipients[0]
    kind = type(error).__name__
    match error:
        case SMTPAuthenticationError():
            # Its text may quote the user, and what servers quote here cannot be told from secrets.
            return f"{kind}: {error.code}"
        case SMTPResponseException():
            return redacted(f"{kind}: {error.code} {error.message}")
        case _:
            return redacted(f"{kind}: {error}")
