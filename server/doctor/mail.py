"""Checks the mail server: connection, encryption and login. Sends a mail only on request."""

from datetime import datetime, timedelta
from uuid import uuid4

from server.brand import sender_of
from server.delivery import shows_mails
from server.doctor.findings import Finding, failed, fine, warning
from server.settings import Settings

_EXPIRES_SOON = timedelta(days=14)
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_TO_DO = {
    "name": "Check the host in CONNECTX_SMTP_URL.",
    "connection": "Check host and port in CONNECTX_SMTP_URL, and the firewall.",
    "encryption": "Use a port and an encryption that the server offers: smtps://, or "
    "?starttls=never on a network that you trust.",
    "certificate": "Install a certificate for this host on the server, or trust its issuer.",
    "login": "Check user and password in CONNECTX_SMTP_URL; special characters are "
    "percent-encoded.",
}


async def check_mail(settings: Settings, now: datetime, send_to: str | None) -> list[Finding]:
    if settings.smtp_url is None:
        found = [_no_server(settings)]
        if send_to is not None:
            found.append(failed("test mail", "not sent", "Set CONNECTX_SMTP_URL."))
        return found
    found = [*_sender(settings), *await _server(settings, now)]
    if send_to is not None:
        found.append(await _send(settings, send_to))
    return found


def _no_server(settings: Settings) -> Finding:
    if not shows_mails(settings):
        what = "no mail is sent from here: they wait for `connectx mail worker`"
        return warning("mail", what, "Run it with CONNECTX_SMTP_URL, or set that here.")
    what = "no mail is sent; /mailbox shows every code to anybody"
    return warning("mail", what, "Set CONNECTX_SMTP_URL before others use this server.")


def _sender(settings: Settings) -> list[Finding]:
    if sender_of(settings).rstrip(">").endswith("@localhost"):
        what = "the sender is an address at localhost, which mail servers refuse"
        return [warning("sender", what, "Set CONNECTX_MAIL_FROM to an address of your domain.")]
    return [fine("sender", sender_of(settings))]


async def _server(settings: Settings, now: datetime) -> list[Finding]:
    from mail.smtp.probe import Refused, probe  # slow to import
    from mail.smtp.url import smtp_config

    assert settings.smtp_url is not None  # noqa: S101 - checked by the caller
    config = smtp_config(settings.smtp_url.get_secret_value(), sender_of(settings))
    where = f"{config.MAIL_SERVER}:{config.MAIL_PORT}"
    reached = await probe(config)
    if isinstance(reached, Refused):
        return [failed("mail", f"{where}, {reached.step}: {reached.reason}", _TO_DO[reached.step])]
    done = ["connects"]
    if reached.encrypted:
        done.append("TLS from the start" if config.MAIL_SSL_TLS else "STARTTLS")
    if reached.logged_in:
        done.append("logs in")
    found = [fine("mail", f"{where}: {', '.join(done)}")]
    if not reached.encrypted and (reached.offers_starttls or config.MAIL_SERVER not in _LOCAL):
        to_do = "Add ?starttls=required." if reached.offers_starttls else "Use smtps:// if it can."
        found.append(warning("mail", "codes leave this machine unencrypted", to_do))
    ends = reached.certificate_ends
    if ends is not None and ends - now < _EXPIRES_SOON:
        found.append(warning("mail", f"its certificate expires on {ends:%Y-%m-%d}", "Renew it."))
    return found


async def _send(settings: Settings, recipient: str) -> Finding:
    from mail.mail_transport import Message, SendError
    from mail.redaction import redacted
    from mail.smtp.smtp_transport import SmtpTransport
    from mail.smtp.url import smtp_config

    assert settings.smtp_url is not None  # noqa: S101 - checked by the caller
    config = smtp_config(settings.smtp_url.get_secret_value(), sender_of(settings))
    text = f"{settings.product_name} can send mails. `connectx doctor` asked for this one."
    message = Message(
        recipient=recipient,
        subject="A test mail",
        text=f"{text}\n",
        html="<p>This server can send mails. <code>connectx doctor</code> asked for this one.</p>",
        message_id=f"doctor-{uuid4()}",
    )
    try:
        async with SmtpTransport(config).session() as session:
            await session.send(message)
    except SendError as error:
        return failed("test mail", error.reason, "Fix the error that the mail server reports.")
    return fine("test mail", f"the server accepted it for {redacted(recipient)}")
