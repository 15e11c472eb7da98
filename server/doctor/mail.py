"""The mail server: connects, encrypts, logs in, and sends nothing unless it is asked to."""

from datetime import datetime, timedelta
from uuid import uuid4

from server.doctor.findings import Finding, failed, fine, warning
from server.settings import Settings

_SOON = timedelta(days=14)
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_MEND = {
    "name": "Check the host in CONNECTX_SMTP_URL.",
    "connection": "Check host and port in CONNECTX_SMTP_URL, and the firewall between.",
    "encryption": "Ask for port and encryption that the server offers: smtps://, or "
    "?starttls=never where nobody listens between.",
    "certificate": "Have the server present a certificate for this host, or trust who signed it.",
    "login": "Check user and password in CONNECTX_SMTP_URL; special characters are "
    "percent-encoded.",
}


async def check_mail(settings: Settings, now: datetime, send_to: str | None) -> list[Finding]:
    if settings.smtp_url is None:
        what = "no mail leaves; /mailbox shows every code to anybody"
        found = [warning("mail", what, "Set CONNECTX_SMTP_URL before others use this server.")]
        if send_to is not None:
            found.append(failed("test mail", "not sent", "Set CONNECTX_SMTP_URL."))
        return found
    found = [*_sender(settings), *await _server(settings, now)]
    if send_to is not None:
        found.append(await _send(settings, send_to))
    return found


def _sender(settings: Settings) -> list[Finding]:
    if settings.mail_from.rstrip(">").endswith("@localhost"):
        what = "mails come from an address at localhost, which servers refuse"
        return [warning("sender", what, "Set CONNECTX_MAIL_FROM to an address of your domain.")]
    return [fine("sender", settings.mail_from)]


async def _server(settings: Settings, now: datetime) -> list[Finding]:
    from mail.smtp_probe import Refused, probe  # takes 0.6 s, which a server without mail saves
    from mail.smtp_url import smtp_config

    assert settings.smtp_url is not None  # noqa: S101 - checked by its caller
    config = smtp_config(settings.smtp_url.get_secret_value(), settings.mail_from)
    where = f"{config.MAIL_SERVER}:{config.MAIL_PORT}"
    reached = await probe(config)
    if isinstance(reached, Refused):
        return [failed("mail", f"{where}, {reached.step}: {reached.reason}", _MEND[reached.step])]
    done = ["connects"]
    if reached.encrypted:
        done.append("TLS from the start" if config.MAIL_SSL_TLS else "STARTTLS")
    if reached.logged_in:
        done.append("logs in")
    found = [fine("mail", f"{where}: {', '.join(done)}")]
    if not reached.encrypted and (reached.offers_starttls or config.MAIL_SERVER not in _LOCAL):
        mend = "Add ?starttls=required." if reached.offers_starttls else "Use smtps:// if it can."
        found.append(warning("mail", "codes leave this machine in the clear", mend))
    ends = reached.certificate_ends
    if ends is not None and ends - now < _SOON:
        found.append(
            warning("mail", f"its certificate ends on {ends:%Y-%m-%d}", "Have it renewed.")
        )
    return found


async def _send(settings: Settings, recipient: str) -> Finding:
    from mail.redaction import redacted
    from mail.smtp import SmtpTransport
    from mail.smtp_url import smtp_config
    from mail.transport import Message, SendError

    assert settings.smtp_url is not None  # noqa: S101 - checked by its caller
    config = smtp_config(settings.smtp_url.get_secret_value(), settings.mail_from)
    text = f"{settings.product_name} can send mails. `connectx doctor` asked for this one."
    letter = Message(
        recipient=recipient,
        subject="A test mail",
        text=f"{text}\n",
        html="<p>This server can send mails. <code>connectx doctor</code> asked for this one.</p>",
        message_id=f"doctor-{uuid4()}",
    )
    try:
        async with SmtpTransport(config).session() as session:
            await session.send(letter)
    except SendError as error:
        return failed("test mail", error.reason, "Read what the server says.")
    return fine("test mail", f"the server has taken it for {redacted(recipient)}")
