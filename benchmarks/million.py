"""`make million`: register, verify and log in with an empty database and among a million people.

Prints the medians of 300 calls each, one after the other, to one worker on one PostgreSQL. Hashing
is as cheap as it gets, so that what is left is mostly the database.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from harness import median_ms, postgres_settings, timed
from population import populate
from process import serving
from service import Service

_CALLS = 300


def _measure(service: Service, name: str) -> dict[str, float]:
    """Median milliseconds of each operation."""

    def median(call: Callable[[int], Any], expected: str) -> float:
        calls = [lambda number=number: call(number) for number in range(_CALLS)]
        return median_ms([timed(one, expected=expected) for one in calls])

    def address(number: int) -> str:
        return f"{name}{number}@example.com"

    return {
        "register": median(
            lambda number: service.register(email=address(number)), "RegisterSuccess"
        ),
        "verifyEmail": median(
            lambda number: service.verify("no code", address(number)), "InvalidOtpError"
        ),
        "login": median(lambda number: service.login(address(number)), "EmailNotVerifiedError"),
    }


def main(people: int) -> None:
    with (
        postgres_settings("-c shared_buffers=512MB") as settings,
        serving("--no-delivery", **settings, RATE_LIMITS="off") as server,
    ):
        _measure(server, "warm")
        empty = _measure(server, "before")
        begun = time.perf_counter()
        populate(settings["DATABASE_URL"], people)
        print(f"{people:,} people made in {time.perf_counter() - begun:.0f} s")
        _measure(server, "warmagain")
        full = _measure(server, "after")
    print(f"{'':12}{'empty':>10}{'full':>10}{'ratio':>8}")
    for operation, before in empty.items():
        after = full[operation]
        print(f"{operation:12}{before:7.2f} ms{after:7.2f} ms{after / before:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
