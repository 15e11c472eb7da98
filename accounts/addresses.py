"""Email addresses: their canonical form, disposable domains, and their mask for logs."""

import re
import unicodedata
from functools import cache

from email_validator import (
    SPECIAL_USE_DOMAIN_NAMES,
    EmailNotValidError,
    EmailSyntaxError,
    validate_email,
)

from languages.text import Text

MAX_LENGTH = 254
"""Characters. RFC 5321 4.5.3.1.3 limits a path to 256 octets, two angle brackets included."""

_LABEL = "[a-z0-9]+(?:-[a-z0-9]+)*"
# Fast path for most addresses, which validate_email would return unchanged. The limit of 64
# characters keeps each label of the domain within its maximum of 63.
PLAIN = re.compile(
    r"(?=.{1,64}\Z)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@"
    rf"(?:{_LABEL}\.)+(?!(?:{'|'.join(SPECIAL_USE_DOMAIN_NAMES)})\Z)[a-z]+"
)


class MalformedAddressError(ValueError):
    """The address is malformed. `message` is a sentence for people."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message


_TOO_LONG = Text("Email must be at most %(count)s characters.", count=MAX_LENGTH)
_NOT_VALID = Text("Email must be a valid email address.")


def canonical(typed: str) -> str:
    """The canonical form of an address, equal for every spelling of the same mailbox.

    Trimmed, lower case as a whole, NFC, the domain in its ASCII form (RFC 5891), which every mail
    server understands. Checks only the syntax, without a look-up. Raises MalformedAddressError.
    """
    # Rejects oversized input early, so that the checks below never read a whole request body.
    if len(typed) > 4 * MAX_LENGTH:
        raise MalformedAddressError(_TOO_LONG)
    text = typed.strip()
    if not text:
        raise MalformedAddressError(Text("Email is required."))
    plain = text.lower()
    if PLAIN.fullmatch(plain):
        return plain
    address = _checked(text)
    if address != text:
        address = _checked(address)  # so that a canonical address stays unchanged
    if len(address) > MAX_LENGTH:
        raise MalformedAddressError(_TOO_LONG)
    return address


def _checked(text: str) -> str:
    # Lower-cases first, as that can change the text ("İ" gains a combining dot). canonical()
    # validates a changed result again, as the validation's NFC could undo the lower case.
    try:
        found = validate_email(
            unicodedata.normalize("NFC", text.lower()), check_deliverability=False
        )
    except EmailSyntaxError as error:
        raise MalformedAddressError(_sentence(error)) from None
    except EmailNotValidError:
        unusable = Text("Email must be an address that can receive email.")
        raise MalformedAddressError(unusable) from None
    return f"{found.local_part.lower()}@{(found.ascii_domain or found.domain).lower()}"


def _sentence(error: EmailSyntaxError) -> Text:
    english = str(error)
    # The library's messages quote the input, which only the client that sent it gets to see.
    return Text.detailed(_NOT_VALID, english=english) if len(english) <= MAX_LENGTH else _NOT_VALID


def is_disposable(address: str) -> bool:
    """Whether a canonical address's domain, or a parent of it, offers disposable addresses."""
    labels = address.rpartition("@")[2].split(".")
    parents = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return any(domain in _disposable() for domain in parents)


@cache
def _disposable() -> frozenset[str]:
    from disposable_email_domains import blocklist

    return frozenset(blocklist)


def masked(address: str) -> str:
    """The address as `j***@example.com`: its owner recognises it in a log, others cannot use it."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}" if at else "***"
