"""Which media type an answer has, after GraphQL over HTTP (September 2025 draft)."""

from functools import lru_cache
from typing import Literal

RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"

MediaType = Literal[
    "application/graphql-response+json", "application/json", "text/event-stream", "text/html"
]
EVENTS: MediaType = "text/event-stream"


@lru_cache(maxsize=256)  # clients send a handful of headers
def accepted(header: str, *, offers: tuple[MediaType, ...]) -> MediaType | None:
    """The offer that an Accept header likes best; None if it likes none of them.

    An empty header accepts everything. Of two equals, a named one goes before one that only a
    wildcard covers, and RESPONSE_JSON first of all, as who names it knows it; whoever does not is
    to get JSON.
    """
    ranges = dict(_media_range(part) for part in (header.strip() or "*/*").split(","))
    best = max(offers, key=lambda offer: _rank(offer, ranges))
    quality, _ = _rank(best, ranges)
    return best if quality > 0 else None


def _rank(offer: str, ranges: dict[str, float]) -> tuple[float, int]:
    """The quality of the most specific range that an offer falls in (RFC 9110, 12.5.1)."""
    if offer in ranges:
        return ranges[offer], 2 if offer == RESPONSE_JSON else 1
    wide = f"{offer.partition('/')[0]}/*"
    return ranges.get(wide, ranges.get("*/*", 0.0)), 0


def _media_range(part: str) -> tuple[str, float]:
    """A range and its quality, which is 0 where it is not a number from 0 to 1."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                quality = 0.0
    return name, quality if 0 <= quality <= 1 else 0.0
