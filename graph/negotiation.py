"""Which media type an answer has, after GraphQL over HTTP (September 2025 draft)."""

from typing import Literal

RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"

MediaType = Literal["application/graphql-response+json", "application/json", "text/html"]


def accepted(header: str | None, *, offers: tuple[MediaType, ...]) -> MediaType | None:
    """The offer that an Accept header likes best, the earlier one of two equals; None: none.

    A missing header accepts everything, and then JSON is what the specification asks for.
    """
    if not (header or "").strip():
        return JSON if JSON in offers else offers[0]
    ranges = [_media_range(part) for part in (header or "").split(",")]
    best: MediaType | None = None
    best_quality = 0.0
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def _quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that an offer falls in (RFC 9110 12.5.1)."""
    wide = f"{offer.partition('/')[0]}/*"
    for pattern in (offer, wide, "*/*"):
        found = [quality for name, quality in ranges if name == pattern]
        if found:
            return max(found)
    return 0.0


def _media_range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return name, quality
