"""Sends messages over SMTP, several in one session."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPStatus,
)

from mail.mail_transport import MailSession, Message, SendError, UnreachableError
from mail.message.mime import Sender, message_bytes
from mail.redaction import redacted
from mail.smtp.envelope import with_ascii_domain
from mail.smtp.fastapi_mail_imports import Connection, ConnectionConfig, ConnectionErrors
from mail.smtp.refusals import is_final

_QUIT_TIMEOUT = 2.0
"""Seconds to wait for the answer to QUIT, which is not needed."""

_MESSAGES_PER_SESSION = 100
"""Many servers end a longer session themselves, at an unpredictable moment."""


class SmtpTransport:
    """Sends through the server of a configuration from `mail.smtp.url.smtp_config`."""

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
        self._sender = Sender(config.MAIL_FROM_NAME, config.MAIL_FROM)
        self._session: SMTP | None = None
        self._messages = 0
        """Messages of the current session, with the one that is being sent."""

    async def send(self, message: Message) -> None:
        recipient = with_ascii_domain(message.recipient)
        content = message_bytes(message, recipient=recipient, sender=self._sender)
        try:
            await self._send(recipient, content)
        except SMTPNotSupported as error:
            raise SendError(reason(error), permanent=True) from None
        except (SMTPRecipientsRefused, SMTPDataError) as error:
            answer = error.recipients[0] if isinstance(error, SMTPRecipientsRefused) else error
            final = is_final(answer.code, answer.message)
            raise SendError(reason(answer), permanent=final) from None
        except (SMTPException, OSError, ValueError) as error:
            raise SendError(reason(error)) from None

    async def _send(self, recipient: str, content: bytes) -> None:
        session = await self._connected()
        try:
            await self._sendmail(session, recipient, content)
        except SMTPResponseException as error:
            if error.code != SMTPStatus.domain_unavailable or self._messages == 1:
                raise
            # The server ends the session and has not accepted the message: try a new session.
            session.close()
            await self._sendmail(await self._connected(), recipient, content)

    async def _sendmail(self, session: SMTP, recipient: str, content: bytes) -> None:
        options = [] if recipient.isascii() else ["SMTPUTF8"]
        try:
            await session.sendmail(self._config.MAIL_FROM, recipient, content, mail_options=options)
        except asyncio.CancelledError:
            # The next command would read the answer that is still to come as its own.
            session.close()
            raise

    async def _connected(self) -> SMTP:
        """An open session: a new one if the server has closed the last, or it is used up."""
        if self._messages == _MESSAGES_PER_SESSION:
            await self.close()
        if self._session is None or not self._session.is_connected:
            self._session = await _open(self._config)
            self._messages = 0
        self._messages += 1
        return self._session

    async def close(self) -> None:
        if self._session is None:
            return
        with suppress(SMTPException, OSError):  # a timeout is an OSError
            async with asyncio.timeout(_QUIT_TIMEOUT):
                await self._session.quit()
        self._session.close()
        self._session = None


async def _open(config: ConnectionConfig) -> SMTP:
    connection = Connection(config)
    try:
        await connection.__aenter__()
    except ConnectionErrors as error:
        connection.session.close()  # still open if only the login failed
        # fastapi-mail raises its own error, which has the original one only as its context.
        raise UnreachableError(reason(error.__context__ or error)) from None
    except BaseException:
        connection.session.close()
        raise
    return connection.session


def reason(error: BaseException) -> str:
    """A server's answer, or why there is none, without personal data and secrets."""
    kind = type(error).__name__
    match error:
        case SMTPAuthenticationError():
            # The text may quote the user name, and secrets that no pattern recognises.
            return f"{kind}: {error.code}"
        case SMTPResponseException():
            return redacted(f"{kind}: {error.code} {error.message}")
        case _:
            return redacted(f"{kind}: {error}")
