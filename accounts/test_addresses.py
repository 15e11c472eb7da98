"""Addresses of the deployment's own tests: they get no mail, and the secret key gives their codes.

They are addresses as any others after their last day.
"""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from accounts.addresses import MalformedAddressError, canonical

LONGEST = timedelta(days=366)
"""A setting that was forgotten must not leave such accounts open for longer."""

_SAMPLE_LASTS = timedelta(days=90)


@dataclass(frozen=True)
class TestAddresses:
    """What test addresses look like, and the last day (in UTC) on which there are any."""

    patterns: tuple[str, ...]
    """Canonical addresses. A `*` before the @ stands for any characters, or for none."""
    until: date

    def match(self, address: str, *, now: datetime) -> bool:
        """Whether an address in its canonical form is a test address."""
        return not self.ended(now) and _shape(self.patterns).fullmatch(address) is not None

    def at(self, clock: Callable[[], datetime]) -> Container[str]:
        """The canonical addresses that are test addresses by a clock."""
        return _ByClock(self, clock)

    def ended(self, now: datetime) -> bool:
        return now.date() > self.until

    def __str__(self) -> str:
        return ", ".join(self.patterns)


@dataclass(frozen=True)
class _ByClock:
    found: TestAddresses
    clock: Callable[[], datetime]

    def __contains__(self, address: object) -> bool:
        return isinstance(address, str) and self.found.match(address, now=self.clock())


@cache
def _shape(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(each).replace(r"\*", "[^@]*") for each in patterns))


def read(text: str, *, today: date) -> TestAddresses:
    """Reads `*@test.example,e2e+*@example.com;until=2027-03-01`. Raises ValueError with the reason.

    A day that has passed is no error: a server must be able to start again on the day after.
    """
    sample = f"*@test.example;until={today + _SAMPLE_LASTS}"
    listed, _, end = text.partition(";")
    patterns = [each.strip() for each in listed.split(",") if each.strip()]
    name, _, typed = (each.strip() for each in end.partition("="))
    if not patterns or name != "until":
        raise ValueError(f"takes addresses and their last day, such as {sample}")
    try:
        until = date.fromisoformat(typed)
    except ValueError:
        raise ValueError(f"{typed!r} is not a day; it takes one such as {sample}") from None
    if until > today + LONGEST:
        raise ValueError(
            f"{until} is more than a year away; the last possible day is {today + LONGEST}"
        )
    return TestAddresses(tuple(map(_pattern, patterns)), until)


def _pattern(typed: str) -> str:
    """The pattern in its canonical form. A `*` is a character that addresses may have."""
    local, at, domain = typed.rpartition("@")
    if "*" in domain:
        raise ValueError(
            f"{typed} would match addresses of other people; a * stands before the @, as in "
            "*@test.example, and the domain is your own"
        )
    if not at or local.count("*") > 1:
        raise ValueError(f"{typed} is not an address with one * before the @, as in *@test.example")
    try:
        return canonical(typed)
    except MalformedAddressError as error:
        raise ValueError(f"{typed}: {error}") from None
