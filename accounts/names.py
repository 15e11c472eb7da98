"""A person's name, as it is kept."""

import unicodedata

from accounts.problems import InvalidName

MAX_LENGTH = 200
"""Code points."""

# Cc: control characters, NUL among them, which PostgreSQL refuses. Cs: lone surrogates, which are
# not text. Zl, Zp: line and paragraph separators.
_REFUSED = {"Cc", "Cs", "Zl", "Zp"}

# Characters that turn the direction of the text after them (Unicode TR36 3.3): a name that holds
# one can rewrite the line in which an operator reads it.
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def checked(typed: str | None, *, required: bool) -> str | InvalidName | None:
    """The trimmed name in NFC, None where none was given, or what is wrong with it."""
    # Before NFC, which composes at most four code points into one and takes quadratic time.
    if typed and len(typed) > 4 * MAX_LENGTH:
        return InvalidName(f"Name must be at most {MAX_LENGTH} characters")
    name = unicodedata.normalize("NFC", typed or "").strip()
    if not name:
        return InvalidName("Name is required") if required else None
    if len(name) > MAX_LENGTH:
        return InvalidName(f"Name must be at most {MAX_LENGTH} characters")
    if any(unicodedata.category(char) in _REFUSED or char in _BIDI for char in name):
        return InvalidName("Name must not contain control characters")
    return name
