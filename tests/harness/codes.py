"""Wrong codes, and what they are answered."""


def invalid(attempts_remaining: int) -> dict[str, object]:
    return {
        "__typename": "InvalidOtpError",
        "message": "Invalid OTP.",
        "attemptsRemaining": attempts_remaining,
    }


def wrong(code: str) -> str:
    """Another code of six digits."""
    return f"{(int(code) + 1) % 10**6:06}"
