"""A database that is away, and what a server says of it."""

import httpx

UNAVAILABLE = {
    "__typename": "UnavailableError",
    "message": "Service temporarily unavailable. Please try again.",
    "retryAfterSeconds": 2,
}


def ready(url: str) -> int:
    return httpx.get(f"{url}/readyz", timeout=10).status_code
