"""The rate limits that ship, and their notation: that of the `limits` library."""

from dataclasses import dataclass

from limits import parse_many


@dataclass(frozen=True)
class RateLimits:
    """All rate limits, in the notation of the `limits` library: `1/minute;5/hour`.

    An *address* is an email address. A *client* is an IP address (for IPv6, a /64 network).
    """

    register_client: str = "10/hour"
    register_rejected_client: str = "30/minute"
    dry_run_client: str = "120/minute"
    verify_address: str = "10/minute;100/day"
    verify_client: str = "60/minute"
    resend_address: str = "1/minute;5/hour"
    resend_client: str = "20/hour"
    login_address_and_client: str = "10/15minutes"
    login_client: str = "100/hour"
    session_client: str = "100/15minutes"
    mail_address: str = "5/hour;10/day"
    notice_address: str = "20/day"
    profile_address: str = "60/hour"
    exchange_user: str = "60/minute"
    test_address: str = "120/minute;2000/hour"
    """Replaces other rules for test addresses, each counted apart: see `Hit.addresses`."""


def check_notation(notation: str) -> None:
    """Raises ValueError if the limits are not valid."""
    try:
        items = parse_many(notation)
    except ValueError:
        items = []
    if not items or any(item.amount < 1 for item in items):
        raise ValueError("takes limits such as 10/hour or 1/minute;5/hour")
