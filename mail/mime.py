"""Builds the message that goes over the wire."""

from binascii import b2a_base64
from collections.abc import Iterator
from email.header import Header
from email.policy import Compat32
from email.utils import formataddr, formatdate

from mail.fastapi_mail_parts import ConnectionConfig
from mail.smtp_address import is_mailbox
from mail.transport import Message, SendError, one_line


class _Ascii(Compat32):
    """Encodes a header that needs it; a short one that does not need it stays as it is."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if value.isascii() and value.isprintable():
            line = f"{name}: {value}{self.linesep}"
            if len(line) <= self._WIDTH:
                return line.encode()
        return super().fold_binary(name, value)

    _WIDTH = 78
    """RFC 5322 2.1.1: what lines should not be longer than."""


_WORD = 64
"""Characters of an encoded word, so that the first one has room beside the header's name."""

_ASCII = _Ascii(linesep="\r\n")

_LINE = 76
"""Characters of base64 (RFC 2045 6.8)."""


def message_bytes(letter: Message, *, recipient: str, config: ConnectionConfig) -> bytes:
    """The letter as multipart/alternative, plain text before HTML, with a stable Message-ID.

    Raises SendError for an address that cannot stand in a header.
    """
    headers = _headers(letter, config=config)
    # "=_" is in no base64, so the boundary is in neither part.
    boundary = f"=_{one_line(letter.message_id)}".encode()
    parts = (_part("plain", letter.text), _part("html", letter.html))
    return b"".join(
        [
            *(_ASCII.fold_binary(name, value) for name, value in headers),
            # As it is, also in UTF-8 (RFC 6532): an address cannot be encoded.
            b"To: %b\r\n" % _mailbox(recipient).encode(),
            b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="%b"\r\n'
            % boundary,
            *(b"\r\n--%b\r\n%b" % (boundary, part) for part in parts),
            b"\r\n--%b--\r\n" % boundary,
        ]
    )


def _headers(letter: Message, *, config: ConnectionConfig) -> Iterator[tuple[str, str]]:
    sender: str = config.MAIL_FROM
    name = one_line(letter.sender_name or "") or config.MAIL_FROM_NAME
    yield "Date", formatdate()  # in UTC, which takes a third of the time
    yield "Message-ID", f"<{one_line(letter.message_id)}@{sender.rpartition('@')[2]}>"
    yield "From", _named(name, sender) if name else sender
    yield "Subject", _encoded(one_line(letter.subject))
    if letter.reply_to:
        yield "Reply-To", _mailbox(letter.reply_to)
    yield "Auto-Submitted", "auto-generated"  # RFC 3834: nobody's autoreply answers


def _named(name: str, address: str) -> str:
    encoded = _encoded(name)
    return formataddr((name, address)) if encoded == name else f"{encoded} <{address}>"


def _encoded(text: str) -> str:
    """The text as words that can be folded (RFC 2047), unless it is plain, and no such words."""
    if text.isascii() and "=?" not in text:
        return text
    return " ".join(Header(text, "utf-8", maxlinelen=_WORD).encode().split())


def _mailbox(address: str) -> str:
    if not is_mailbox(address):
        raise SendError("the address is not a plain mailbox", permanent=True)
    return address


def _part(kind: str, text: str) -> bytes:
    # Base64, as it keeps every line of the text within what SMTP allows, and every byte the same.
    encoded = b2a_base64(text.encode(), newline=False)
    lines = [encoded[start : start + _LINE] for start in range(0, len(encoded), _LINE)]
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: base64'
    return b"\r\n".join([head.encode(), b"", *lines, b""])
