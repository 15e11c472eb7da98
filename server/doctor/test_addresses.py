"""Checks whether there are addresses without mail, for tests."""

from datetime import datetime

from server.doctor.findings import Finding, fine, warning
from server.settings import Settings
from server.test_addresses import test_addresses_summary


async def check_test_addresses(settings: Settings, now: datetime) -> list[Finding]:
    found = settings.test_addresses
    if found is None:
        return [fine("test addresses", "none")]
    when = "" if found.ended(now) else " when no tests run here any more"
    to_do = f"Remove CONNECTX_TEST_ADDRESSES{when}."
    return [warning("test addresses", test_addresses_summary(found, now=now), to_do)]
