"""Says that there are test addresses: in the log of a server, and in `connectx doctor`."""

import logging
from datetime import datetime

from accounts.test_addresses import TestAddresses

_log = logging.getLogger("connectx.test_addresses")


def test_addresses_summary(found: TestAddresses, *, now: datetime) -> str:
    """What an operator should know of them, for one line."""
    if found.ended(now):
        return f"{found} ended on {found.until}: addresses as any others"
    return (
        f"{found} until {found.until}: they get no mail, and whoever has the secret key can enter "
        "their accounts"
    )


def warn_of_test_addresses(found: TestAddresses | None, *, now: datetime) -> None:
    """Logs a warning if there are any, or were."""
    if found is not None:
        _log.warning("test addresses: %s", test_addresses_summary(found, now=now))
