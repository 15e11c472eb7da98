"""Checks and converts addresses for SMTP commands and headers."""

import re
from email.utils import parseaddr

from mail.mail_transport import one_line

# Excludes quoted local parts, and characters that could end the address or start another.
_MAILBOX = re.compile(r'[^\s<>()\[\],;:\\"@]+@[^\s<>(),;\\"@]+')


def is_mailbox(address: str) -> bool:
    """Whether `address` is a plain `local@domain` that can stand in a header and a command."""
    return address.isprintable() and _MAILBOX.fullmatch(address) is not None


def with_ascii_domain(address: str) -> str:
    """`address` with its domain in ASCII, for any server; unchanged if that is not lossless."""
    local, at, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
        # The codec implements IDNA 2003, which replaces some characters that are valid today.
        lossless = ascii_domain.encode().decode("idna") == domain
    except UnicodeError:
        lossless = False
    return f"{local}{at}{ascii_domain}" if lossless and local.isascii() else address


def split_sender(sender: str) -> tuple[str, str]:
    """The name and the address of a sender, given as an address or as `Name <address>`.

    Raises ValueError for a sender that a mail cannot have.
    """
    name, address = parseaddr(sender)
    address = with_ascii_domain(address)
    if not (sender.isprintable() and is_mailbox(address) and address.isascii()):
        raise ValueError("the sender is an ASCII address or `Name <address>`")
    return one_line(name), address
