"""Test addresses, and their codes."""

from datetime import UTC, datetime, timedelta

from harness.processes import connectx

from accounts.keyring import Keyring
from models import Purpose

TODAY = datetime.now(UTC).date()
LAST_DAY = TODAY + timedelta(days=300)
SETTING = f"*@test.example;until={LAST_DAY}"
ADA, ROBOT = "ada@example.com", "robot@test.example"


def printed(address: str, *options: str, settings: dict[str, str]) -> str:
    """What the command prints, which needs no more than these two settings."""
    needed = {name: settings[name] for name in ("SECRET_KEY", "TEST_ADDRESSES")}
    result = connectx("test-code", address, *options, **needed)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout.removesuffix("\n")


def computed(address: str, settings: dict[str, str], purpose: Purpose) -> str:
    """The same without the time that a process takes."""
    return Keyring([settings["SECRET_KEY"]]).test_otp(address, purpose=purpose)
