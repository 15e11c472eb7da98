"""Which language a client asks to be written to in."""

import re
from collections.abc import Sequence
from functools import lru_cache

from starlette.requests import HTTPConnection

MAX_LENGTH = 500
"""Characters of the header that are read; browsers send less than a hundred."""

# RFC 9110 12.5.4 and 12.4.2: a range of letters and digits, and a weight of up to three decimals.
# Eight parts after the first are more than any registered language has (RFC 5646 4.4.1).
_RANGE = re.compile(
    r"\s*(?P<tag>[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8})\s*(?:;\s*q=(?P<q>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?",
    re.ASCII | re.IGNORECASE,
)


def language_of(connection: HTTPConnection, *, offered: Sequence[str]) -> str | None:
    """The offered language that a client likes best, None if it likes none or told none."""
    # A header that comes in several lines is one list (RFC 9110, 5.3).
    header = ",".join(connection.headers.getlist("accept-language"))
    return _known(header[:MAX_LENGTH], offered=tuple(offered))


def preferred(header: str, *, offered: Sequence[str]) -> str | None:
    """The offered language that an Accept-Language header likes best, None if it likes none.

    Of two equals the first one goes before. `de-AT` finds `de` (RFC 4647 3.4); `*`, which is no
    language, and what is malformed are passed over.
    """
    best, best_quality = None, 0.0
    for part in header[:MAX_LENGTH].split(","):
        found = _RANGE.fullmatch(part)
        if found is None:
            continue
        quality = float(found["q"] or 1)
        language = _lookup(found["tag"].lower(), offered)
        if language is not None and quality > best_quality:
            best, best_quality = language, quality
    return best


_known = lru_cache(maxsize=256)(preferred)  # a country's browsers send a few dozen


def _lookup(tag: str, offered: Sequence[str]) -> str | None:
    """The offered language of a tag: as it is, or with its last parts taken away one by one."""
    parts = tag.split("-")
    shorter = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((tag for tag in shorter if tag in offered), None)
