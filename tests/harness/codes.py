"""What a wrong code is answered."""


def invalid(attempts_remaining: int) -> dict[str, object]:
    return {
        "__typename": "InvalidOtpError",
        "message": "Invalid OTP.",
        "attemptsRemaining": attempts_remaining,
    }
