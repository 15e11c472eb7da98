"""Requests for another mail, by addresses of each kind, and their answers."""

UNVERIFIED, VERIFIED, UNKNOWN = ADDRESSES = (
    "unverified@example.com",
    "verified@example.com",
    "unknown@example.com",
)


def resent(available_at: str) -> dict[str, object]:
    return {
        "__typename": "ResendVerificationSuccess",
        "message": "Verification email sent successfully.",
        "resendAvailableAt": available_at,
    }
