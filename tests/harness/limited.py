"""What whoever asks too often is told."""


def limited(seconds: int) -> dict[str, object]:
    """The answer to too many requests, of whatever mutation."""
    return {
        "__typename": "RateLimitedError",
        "message": "Too many requests. Please try again later.",
        "retryAfterSeconds": seconds,
    }
