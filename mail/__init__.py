"""How letters leave: the delivery loop, SMTP, the templates, and a mailbox for development."""

from mail.delivery import Delivery, Pace
from mail.letter import Letter
from mail.mailbox import MailboxTransport
from mail.rendering import Renderer
from mail.smtp import SmtpTransport
from mail.smtp_url import smtp_config
from mail.transport import SendError, Transport, UnreachableError

__all__ = [
    "Delivery",
    "Letter",
    "MailboxTransport",
    "Pace",
    "Renderer",
    "SendError",
    "SmtpTransport",
    "Transport",
    "UnreachableError",
    "smtp_config",
]
