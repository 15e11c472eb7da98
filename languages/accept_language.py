"""Which language an Accept-Language header asks for."""

import re
from collections.abc import Sequence
from functools import lru_cache

MAX_LENGTH = 500
"""Characters of Accept-Language that are read; browsers send less than a hundred."""

# RFC 9110 12.5.4 and 12.4.2: a language range, and a weight with up to three decimals.
# No registered language tag has more than eight subtags after the first (RFC 5646 4.4.1).
_RANGE = re.compile(
    r"\s*(?P<tag>[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8})\s*(?:;\s*q=(?P<q>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?",
    re.ASCII | re.IGNORECASE,
)


@lru_cache(maxsize=256)  # browsers send few distinct headers
def preferred_language(header: str, *, offered: tuple[str, ...]) -> str | None:
    """The offered language that an Accept-Language header prefers; None if it accepts none.

    The first of equal weights wins. `de-AT` matches `de` (RFC 4647 3.4). `*` and malformed parts
    are ignored, and so is what comes after `MAX_LENGTH` characters.
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


def _lookup(tag: str, offered: Sequence[str]) -> str | None:
    """The offered language for a tag: the tag itself, or the longest prefix of its subtags."""
    parts = tag.split("-")
    shorter = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((tag for tag in shorter if tag in offered), None)
