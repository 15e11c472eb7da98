"""Builds the bytes of a message in MIME format."""

from binascii import b2a_base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.policy import Compat32
from email.utils import formataddr, formatdate
from functools import lru_cache
from typing import Self

from mail.mail_transport import Message, SendError, one_line
from mail.message.logo import Logo
from mail.smtp.envelope import is_mailbox, split_sender


class _HeaderPolicy(Compat32):
    """Writes a short header in printable ASCII as it is; encodes and folds any other one."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if value.isascii() and value.isprintable():
            line = f"{name}: {value}{self.linesep}"
            if len(line) <= self._WIDTH:
                return line.encode()
        return super().fold_binary(name, value)

    _WIDTH = 78
    """Characters: the recommended length limit of a line (RFC 5322 2.1.1)."""


_ENCODED_WORD = 64
"""Characters of an encoded word: short enough to fit beside the header's name."""

_POLICY = _HeaderPolicy(linesep="\r\n")

_LINE = 76
"""Characters of a line of base64 (RFC 2045 6.8)."""


@dataclass(frozen=True)
class Sender:
    """The sender of a deployment's mails."""

    name: str | None
    address: str

    @classmethod
    def of(cls, mail_from: str) -> Self:
        """The sender from an address or `Name <address>`."""
        return cls(*split_sender(mail_from))


def message_bytes(
    message: Message, *, recipient: str, sender: Sender, date: datetime | None = None
) -> bytes:
    """The message as multipart/alternative, plain text before HTML, with a stable Message-ID.

    With a logo, the HTML and the image are a multipart/related (RFC 2387). Without a `date`, the
    message is of now.
    Raises SendError for an address that cannot stand in a header.
    """
    headers = _headers(message, sender=sender, date=date)
    # Base64 never contains "=_", so no part contains the boundary.
    boundary = f"=_{one_line(message.message_id)}".encode()
    parts = (_part("plain", message.text), _html(message))
    return b"".join(
        [
            *(_POLICY.fold_binary(name, value) for name, value in headers),
            # An address cannot be encoded: it is written as it is, also in UTF-8 (RFC 6532).
            b"To: %b\r\n" % _mailbox(recipient).encode(),
            b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="%b"\r\n'
            % boundary,
            *(b"\r\n--%b\r\n%b" % (boundary, part) for part in parts),
            b"\r\n--%b--\r\n" % boundary,
        ]
    )


def message_id(message: Message, *, sender: Sender) -> str:
    """The Message-ID without its angle brackets."""
    return f"{one_line(message.message_id)}@{sender.address.rpartition('@')[2]}"


def sender_name(message: Message, *, sender: Sender) -> str | None:
    """The name in the header From: that of the message, or else that of the deployment."""
    return one_line(message.sender_name or "") or sender.name


def _headers(
    message: Message, *, sender: Sender, date: datetime | None
) -> Iterator[tuple[str, str]]:
    name = sender_name(message, sender=sender)
    yield "Date", formatdate(date.timestamp() if date else None)  # in UTC, which is faster
    yield "Message-ID", f"<{message_id(message, sender=sender)}>"
    yield "From", _named(name, sender.address) if name else sender.address
    yield "Subject", _encoded(one_line(message.subject))
    if message.reply_to:
        yield "Reply-To", _mailbox(message.reply_to)
    yield "Auto-Submitted", "auto-generated"  # RFC 3834: prevents automatic replies


def _named(name: str, address: str) -> str:
    encoded = _encoded(name)
    return formataddr((name, address)) if encoded == name else f"{encoded} <{address}>"


def _encoded(text: str) -> str:
    """The text as encoded words (RFC 2047); plain ASCII without "=?" stays as it is."""
    if text.isascii() and "=?" not in text:
        return text
    return " ".join(Header(text, "utf-8", maxlinelen=_ENCODED_WORD).encode().split())


def _mailbox(address: str) -> str:
    if not is_mailbox(address):
        raise SendError("the address is not a plain mailbox", permanent=True)
    return address


def _html(message: Message) -> bytes:
    html = _part("html", message.html)
    if message.logo is None:
        return html
    # Differs from the other boundary at its second character. Base64 does not contain it either.
    boundary = f"=-{one_line(message.message_id)}".encode()
    head = b'Content-Type: multipart/related; type="text/html";\r\n boundary="%b"\r\n' % boundary
    parts = (b"\r\n--%b\r\n%b" % (boundary, part) for part in (html, _logo(message.logo)))
    return b"".join([head, *parts, b"\r\n--%b--\r\n" % boundary])


@lru_cache(maxsize=2)  # the same for all mails
def _logo(logo: Logo) -> bytes:
    head = (
        f"Content-Type: {logo.media_type}\r\nContent-ID: <{logo.content_id}>\r\n"
        f'Content-Disposition: inline; filename="logo.{logo.kind}"'
    )
    return _encoded_part(head, logo.content)


def _part(kind: str, text: str) -> bytes:
    return _encoded_part(f'Content-Type: text/{kind}; charset="utf-8"', text.encode())


def _encoded_part(head: str, content: bytes) -> bytes:
    # Base64 keeps lines within SMTP's limit and preserves every byte.
    encoded = b2a_base64(content, newline=False)
    lines = [encoded[start : start + _LINE] for start in range(0, len(encoded), _LINE)]
    head = f"{head}\r\nContent-Transfer-Encoding: base64"
    return b"\r\n".join([head.encode(), b"", *lines, b""])
