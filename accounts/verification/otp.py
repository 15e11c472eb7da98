"""Reads and compares one-time codes as people type them."""

import hmac
import unicodedata

from accounts.keyring import DIGITS


def _is_ignored(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"Pd", "Cf"}


_ASCII_IGNORED = {number: None for number in range(128) if _is_ignored(chr(number))}


def read_code(typed: str) -> str | None:
    """The digits of a typed code; None if it cannot be one.

    Spaces, dashes and character width do not matter.
    """
    typed = typed[:_LONGEST_TYPED]
    if typed.isascii():
        plain = typed.translate(_ASCII_IGNORED)
    else:
        wide = unicodedata.normalize("NFKC", typed)
        plain = "".join(char for char in wide if not _is_ignored(char))
    return plain if len(plain) == DIGITS and plain.isascii() and plain.isdecimal() else None


_LONGEST_TYPED = 64
"""Characters of a typed code that are read, digits and others."""


def same_code(code: str, expected: str) -> bool:
    """Compares two codes in constant time."""
    return hmac.compare_digest(code.encode(), expected.encode())
