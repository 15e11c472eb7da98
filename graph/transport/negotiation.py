"""Chooses the media type of an answer (GraphQL over HTTP, September 2025 draft)."""

from functools import lru_cache
from typing import Literal

RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"

MediaType = Literal[
    "application/graphql-response+json", "application/json", "text/event-stream", "text/html"
]
EVENTS: MediaType = "text/event-stream"


@lru_cache(maxsize=256)  # clients send few different headers
def preferred_media_type(header: str, *, offers: tuple[MediaType, ...]) -> MediaType | None:
    """The offer that an Accept header prefers; None if it accepts none of them.

    An empty header accepts everything. At equal quality, a type that the header names precedes one
    that only a wildcard matches. RESPONSE_JSON precedes all if it is named, as the client then
    supports it. Other clients get JSON.
    """
    ranges = dict(_media_range(part) for part in (header.strip() or "*/*").split(","))
    best = max(offers, key=lambda offer: _rank(offer, ranges))
    quality, _ = _rank(best, ranges)
    return best if quality > 0 else None


def _rank(offer: str, ranges: dict[str, float]) -> tuple[float, int]:
    """The quality of the most specific matching range (RFC 9110, 12.5.1), and a precedence."""
    if offer in ranges:
        return ranges[offer], 2 if offer == RESPONSE_JSON else 1
    wide = f"{offer.partition('/')[0]}/*"
    return ranges.get(wide, ranges.get("*/*", 0.0)), 0


def _media_range(part: str) -> tuple[str, float]:
    """A range and its quality. An invalid quality (not a number from 0 to 1) is 0."""
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
