"""Checks connection, encryption and login of the mail server, without sending a mail."""

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from aiosmtplib import SMTP, SMTPException

from mail.smtp.fastapi_mail_imports import ConnectionConfig
from mail.smtp.smtp_transport import reason


@dataclass(frozen=True)
class Reached:
    """The mail server accepted every step that comes before the sending of a mail."""

    encrypted: bool
    offers_starttls: bool
    certificate_ends: datetime | None
    logged_in: bool


@dataclass(frozen=True)
class Refused:
    """The first step that failed: `name`, `connection`, `encryption`, `certificate` or `login`.

    `reason` contains no personal data and no secret.
    """

    step: str
    reason: str


async def probe(config: ConnectionConfig) -> Reached | Refused:
    """Connects to the server of a configuration from `mail.smtp.url.smtp_config`, and logs in."""
    step = "connection"
    async with _session(config) as session:
        try:
            await session.connect()
            if session.is_ehlo_or_helo_needed:
                await session.ehlo()
            offered = session.supports_extension("starttls")
            if config.MAIL_STARTTLS:
                step = "encryption"
                await session.starttls()
            ends = _certificate_end(session)
            step = "login"
            if config.USE_CREDENTIALS:
                await session.login(config.MAIL_USERNAME, config.MAIL_PASSWORD.get_secret_value())
        except (SMTPException, OSError, ValueError) as error:
            return _refused(step, error)
    return Reached(
        encrypted=bool(config.MAIL_SSL_TLS or config.MAIL_STARTTLS),
        offers_starttls=offered,
        certificate_ends=ends,
        logged_in=bool(config.USE_CREDENTIALS),
    )


@asynccontextmanager
async def _session(config: ConnectionConfig) -> AsyncIterator[SMTP]:
    session = SMTP(
        hostname=config.MAIL_SERVER,
        port=config.MAIL_PORT,
        use_tls=config.MAIL_SSL_TLS,
        start_tls=False,  # requested below, so that a refusal is known as its own step
        timeout=config.TIMEOUT,
        local_hostname=config.LOCAL_HOSTNAME,
        cert_bundle=config.CERT_BUNDLE,
    )
    try:
        yield session
    finally:
        if session.is_connected:
            with suppress(SMTPException, OSError):
                await session.quit(timeout=2)
        session.close()


def _refused(step: str, error: BaseException) -> Refused:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Refused("certificate", cause.verify_message)
        if isinstance(cause, socket.gaierror):
            return Refused("name", str(cause.strerror))
        cause = cause.__cause__ or cause.__context__
    return Refused(step, reason(error))


def _certificate_end(session: SMTP) -> datetime | None:
    certificate = session.get_transport_info("peercert")
    if not certificate or "notAfter" not in certificate:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
