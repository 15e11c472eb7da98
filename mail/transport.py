"""What the delivery loop asks of whatever carries its letters."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Message:
    """What one person gets. Its repr has no recipient and no content, so a log line has neither."""

    recipient: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(repr=False)
    message_id: str
    """The left half of the Message-ID header; the transport adds its sender's domain.

    A mail that is sent twice, because a server's answer was lost, has the same one both times.
    """
    sender_name: str | None = None
    """Stands in place of the name that the transport is configured with."""
    reply_to: str | None = field(default=None, repr=False)
    code: str | None = field(default=None, repr=False)
    """For the development mailbox, which offers it for copying."""
    link: str | None = field(default=None, repr=False)


def one_line(text: str) -> str:
    """`text` as a header may have it: line breaks, controls and surrogates have become spaces."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


class SendError(Exception):
    """A letter did not leave. The reason is fit to be stored: it names no person and no secret."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class UnreachableError(SendError):
    """Nobody took the call, so the rest of the batch need not be tried now."""


class MailSession(Protocol):
    """One session with whoever takes the mails."""

    async def send(self, letter: Message) -> None:
        """Returns once somebody else is responsible for the letter; raises SendError otherwise."""


class Transport(Protocol):
    def session(self) -> AbstractAsyncContextManager[MailSession]:
        """A session for several letters, which connects when the first one is sent."""
