"""`make million`: register, verify and log in with an empty database and among a million people.

Prints the medians of 300 calls each, one after the other, to one worker on one PostgreSQL. Hashing
is as cheap as it gets, so that what is left is mostly the database.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from database import migrate  # noqa: E402 - after the path to the tests' harness
from population import populate  # noqa: E402
from postgres import Cluster  # noqa: E402
from process import serving  # noqa: E402
from service import Service  # noqa: E402

_CALLS = 300


def _measure(service: Service, name: str) -> dict[str, float]:
    """Median milliseconds of each operation."""

    def median(call: Callable[[int], Any], expected: str) -> float:
        times = []
        for number in range(_CALLS):
            begun = time.perf_counter()
            answer = call(number)
            times.append(time.perf_counter() - begun)
            if answer["__typename"] != expected:
                raise RuntimeError(answer)
        return statistics.median(times) * 1000

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
    cluster = Cluster()
    cluster.start(options="-c shared_buffers=512MB")
    url = cluster.url("postgres")
    migrate(url)
    settings = {"DATABASE_URL": url, "SECRET_KEY": "k" * 32, "RATE_LIMITS": "off"}
    with serving("--no-delivery", **settings) as server:
        _measure(server, "warm")
        empty = _measure(server, "before")
        begun = time.perf_counter()
        populate(url, people)
        print(f"{people:,} people made in {time.perf_counter() - begun:.0f} s")
        _measure(server, "warmagain")
        full = _measure(server, "after")
    cluster.stop()
    print(f"{'':12}{'empty':>10}{'full':>10}{'ratio':>8}")
    for operation, before in empty.items():
        after = full[operation]
        print(f"{operation:12}{before:7.2f} ms{after:7.2f} ms{after / before:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
