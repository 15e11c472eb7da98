"""The answer to a request for a reset."""

REQUESTED = {
    "__typename": "PasswordResetRequested",
    "message": "If the address has an account, an email with a code and a link is on its way to "
    "it.",
    "resendAvailableAt": "2026-01-02T03:05:05.678901+00:00",
    "expiresAt": "2026-01-02T04:04:05.678901+00:00",
}
"""For every address, at the time at which tests begin."""
