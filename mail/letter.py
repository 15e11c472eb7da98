"""A letter that is ready to leave."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Letter:
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
