"""Email addresses: their canonical form, slips, disposable domains, and their mask for logs."""

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

    def __init__(self, message: Text, *, typed: str) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggested_address(typed)


_TOO_LONG = Text("Email must be at most %(count)s characters.", count=MAX_LENGTH)
_NOT_VALID = Text("Email must be a valid email address.")


def canonical(typed: str) -> str:
    """The canonical form of an address, equal for every spelling of the same mailbox.

    Trimmed, lower case as a whole, NFC, the domain in its ASCII form (RFC 5891), which every mail
    server understands. Checks only the syntax, without a look-up. Raises MalformedAddressError.
    """
    # Rejects oversized input early, so that the checks below never read a whole request body.
    if len(typed) > 4 * MAX_LENGTH:
        raise MalformedAddressError(_TOO_LONG, typed=typed)
    text = typed.strip()
    if not text:
        raise MalformedAddressError(Text("Email is required."), typed=typed)
    plain = text.lower()
    if PLAIN.fullmatch(plain):
        return plain
    address = _checked(text)
    if address != text:
        address = _checked(address)  # so that a canonical address stays unchanged
    if len(address) > MAX_LENGTH:
        raise MalformedAddressError(_TOO_LONG, typed=typed)
    return address


def _checked(text: str) -> str:
    # Lower-cases first, as that can change the text ("İ" gains a combining dot). canonical()
    # validates a changed result again, as the validation's NFC could undo the lower case.
    try:
        found = validate_email(
            unicodedata.normalize("NFC", text.lower()), check_deliverability=False
        )
    except EmailSyntaxError as error:
        raise MalformedAddressError(_sentence(error), typed=text) from None
    except EmailNotValidError:
        unusable = Text("Email must be an address that can receive email.")
        raise MalformedAddressError(unusable, typed=text) from None
    return f"{found.local_part.lower()}@{(found.ascii_domain or found.domain).lower()}"


def _sentence(error: EmailSyntaxError) -> Text:
    english = str(error)
    # The library's messages quote the input, which only the client that sent it gets to see.
    return Text.detailed(_NOT_VALID, english=english) if len(english) <= MAX_LENGTH else _NOT_VALID


_WELL_KNOWN = {
    "gmail": ["com"],
    "googlemail": ["com"],
    "yahoo": ["com", "co.uk", "de", "es", "fr", "it"],
    "hotmail": ["com", "co.uk", "de", "es", "fr", "it"],
    "outlook": ["com", "de", "es", "fr", "it"],
    "icloud": ["com"],
    "proton": ["me"],
    "protonmail": ["com"],
    "fastmail": ["com"],
    "comcast": ["net"],
    "verizon": ["net"],
    "t-online": ["de"],
    "freenet": ["de"],
    "orange": ["fr"],
    "wanadoo": ["fr"],
    "laposte": ["net"],
    "bluewin": ["ch"],
    "libero": ["it"],
}
"""Names and endings of the domains at which many people have their address. A name of four letters
or less, such as gmx, is one letter away from the domains of too many others."""

_DOMAINS = [f"{name}.{ending}" for name, endings in _WELL_KNOWN.items() for ending in endings]
_NO_SLIPS = frozenset(
    {*_DOMAINS, "mail.com", "email.com", "ymail.com", "cloud.com", "photon.me", "grange.fr"}
)
"""The well-known domains, and other people's that are one letter away from one of them."""


def suggested_address(typed: str) -> str | None:
    """The address that the person may have meant; None if nothing looks like a slip.

    A domain looks like a slip if it differs from a well-known one by one letter, or by the order of
    two: `gmail.con`, `gmial.com`. So does the name of a well-known one without its ending.
    """
    text = "".join(typed[: MAX_LENGTH + 1].lower().split())
    local, _, domain = text.rpartition("@")
    if not local or (domain in _NO_SLIPS and text == typed.strip().lower()):
        return None
    meant = domain if domain in _NO_SLIPS else _meant(domain)
    if meant is None:
        return None
    try:
        return canonical(f"{local}@{meant}")
    except MalformedAddressError:
        return None


def _meant(domain: str) -> str | None:
    found = (_slips().get(shape) for shape in (domain, *_shortened(domain)))
    return next((each for each in found if each is not None), None)


@cache
def _slips() -> dict[str, str]:
    """Each well-known domain, under its name, and under what is left of it without one letter.

    One letter is left out of the typed domain as well. So both meet, whatever the slip was.
    """
    slips: dict[str, str] = {}
    for domain in reversed(_DOMAINS):
        name, _, ending = domain.partition(".")
        # The ending of one country is often one letter away from that of another one.
        shapes = _shortened(domain) if len(ending) == len("com") else _shortened(domain, len(name))
        slips |= dict.fromkeys((name, domain, *shapes), domain)
    return slips


def _shortened(domain: str, letters: int | None = None) -> list[str]:
    """The domain without one of its letters, or without one of its first so many letters."""
    places = range(len(domain) if letters is None else letters)
    return [domain[:place] + domain[place + 1 :] for place in places]


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
