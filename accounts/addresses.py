"""Email addresses in one canonical form, and as they may be shown in a log."""

import re
import unicodedata
from functools import cache

from email_validator import (
    SPECIAL_USE_DOMAIN_NAMES,
    EmailNotValidError,
    EmailSyntaxError,
    validate_email,
)

MAX_LENGTH = 254
"""Characters. RFC 5321 4.5.3.1.3: a path of 256 octets, less its two angle brackets."""

_LABEL = "[a-z0-9]+(?:-[a-z0-9]+)*"
# What nearly everybody types, and what the library below leaves as it is: it takes 50 times as
# long to say so. No longer than a label of a domain may be.
PLAIN = re.compile(
    r"(?=.{1,64}\Z)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@"
    rf"(?:{_LABEL}\.)+(?!(?:{'|'.join(SPECIAL_USE_DOMAIN_NAMES)})\Z)[a-z]+"
)


class MalformedAddressError(ValueError):
    """The message says in a sentence for people what is wrong with the address."""


def canonical(typed: str) -> str:
    """The one form of an address in which two spellings of the same mailbox are equal.

    Trimmed, lower case as a whole, NFC, the domain in its ASCII form (RFC 5891), which every mail
    server understands. Syntax only; nothing is looked up. Raises MalformedAddressError.
    """
    # Far above what is accepted: keeps the checks below from reading a whole request body.
    if len(typed) > 4 * MAX_LENGTH:
        raise MalformedAddressError("Email must be at most 254 characters")
    text = typed.strip()
    plain = text.lower()
    if PLAIN.fullmatch(plain):
        return plain
    address = _checked(text)
    if address != text:
        address = _checked(address)  # so that its own form is the one that stays as it is
    if len(address) > MAX_LENGTH:
        raise MalformedAddressError("Email must be at most 254 characters")
    return address


def _checked(text: str) -> str:
    # Lower case comes before the check, as it can change what the check looks at ("İ" grows a
    # combining dot), and what is not in its own form is checked again, so that the check's own NFC
    # cannot undo the lower case.
    try:
        found = validate_email(
            unicodedata.normalize("NFC", text.lower()), check_deliverability=False
        )
    except EmailSyntaxError as error:
        raise MalformedAddressError(_sentence(error)) from None
    except EmailNotValidError:
        raise MalformedAddressError("Email must be an address that can receive mail") from None
    return f"{found.local_part.lower()}@{(found.ascii_domain or found.domain).lower()}"


def _sentence(error: EmailSyntaxError) -> str:
    text = str(error)
    # The library's texts quote what was typed; the answer goes to the typist, so that is fine.
    return text if len(text) <= MAX_LENGTH else "Email must be a valid email address"


def is_disposable(address: str) -> bool:
    """Whether the domain of a canonical address, or one above it, gives addresses to anybody."""
    labels = address.rpartition("@")[2].split(".")
    parents = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return any(domain in _disposable() for domain in parents)


@cache
def _disposable() -> frozenset[str]:
    from disposable_email_domains import blocklist

    return frozenset(blocklist)


def masked(address: str) -> str:
    """`j***@example.com`: enough to recognise one's own address in a log, not enough to use it."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}" if at else "***"
