"""What an SMTP command can say of an address."""

import re
from email.utils import parseaddr

from mail.transport import one_line

# No quoted local parts, and nothing that could end the address or start another.
_MAILBOX = re.compile(r'[^\s<>()\[\],;:\\"@]+@[^\s<>(),;\\"@]+')


def is_mailbox(address: str) -> bool:
    """Whether `address` is a plain `local@domain` that can stand in a header and a command."""
    return address.isprintable() and _MAILBOX.fullmatch(address) is not None


def with_ascii_domain(address: str) -> str:
    """`address` with its domain in ASCII if nothing gets lost, so that any server takes it."""
    local, at, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
        # The codec knows IDNA 2003, which maps some letters of today's names to others.
        lossless = ascii_domain.encode().decode("idna") == domain
    except UnicodeError:
        lossless = False
    return f"{local}{at}{ascii_domain}" if lossless and local.isascii() else address


def split_sender(sender: str) -> tuple[str, str]:
    """Name and address of a sender, which is an address or `Name <address>`.

    Raises ValueError for one that a mail cannot come from.
    """
    name, address = parseaddr(sender)
    address = with_ascii_domain(address)
    if not (sender.isprintable() and is_mailbox(address) and address.isascii()):
        raise ValueError("the sender is an ASCII address or `Name <address>`")
    return one_line(name), address
