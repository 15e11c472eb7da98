"""The interface between the mail worker and a transport of messages."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from mail.message.logo import Logo


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message to one person. Its repr has no recipient and no content, for log lines."""

    recipient: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(repr=False)
    message_id: str
    """The left half of the Message-ID header; the transport adds its sender's domain.

    A mail that is sent twice, because the server's answer was lost, has the same id both times.
    """
    sender_name: str | None = None
    """Replaces the name in the transport's configuration."""
    reply_to: str | None = field(default=None, repr=False)
    logo: Logo | None = field(default=None, repr=False)
    """The image that the HTML names by its Content-ID."""
    code: str | None = field(default=None, repr=False)
    """For the development mailbox, which offers it for copying."""
    link: str | None = field(default=None, repr=False)

    @property
    def html_with_logo(self) -> str:
        """The HTML with the image in it, for a browser, which has no attachments."""
        if self.logo is None:
            return self.html
        return self.html.replace(f"cid:{self.logo.content_id}", self.logo.data_url)


def one_line(text: str) -> str:
    """`text` for a header: spaces replace line breaks, control characters and surrogates."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


class SendError(Exception):
    """A message was not sent. `reason` may be stored: it has no personal data and no secret."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class UnreachableError(SendError):
    """The server could not be reached, so other mails need not be attempted now."""


class MailSession(Protocol):
    """One session of a transport, for several messages."""

    async def send(self, message: Message) -> None:
        """Returns once the server is responsible for the message. Raises SendError otherwise."""


class Transport(Protocol):
    """Opens sessions with a mail server."""

    def session(self) -> AbstractAsyncContextManager[MailSession]:
        """A session that connects when the first message is sent."""
