"""`make million`: register, verify and log in among a thousand people and among a million.

Two databases in one PostgreSQL and a server for each, which take turns, so that whatever else the
machine does falls on both. Hashing is as cheap as it gets, so that what is left is mostly the
database.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from harness.database import migrate
from harness.many_users import insert_users
from harness.postgres import Cluster
from harness.processes import serving
from harness.service import Service
from people import SECRET_KEY
from report import HEAD, Finding
from timing import median_ms, timed

NAMES = ["million"]

_FEW = 1_000
_GOAL = 1.1

Call = Callable[[str], Any]


def million(people: int, *, calls: int, tell: Callable[[str], None]) -> Iterator[Finding]:
    """A row for each operation: the median of `calls` among many, against that among few."""
    cluster = Cluster()
    cluster.start(options="-c shared_buffers=512MB -c max_wal_size=8GB")
    with ExitStack() as stack:
        stack.callback(cluster.stop, "immediate")
        sides = [stack.enter_context(_server(cluster, count, tell)) for count in (_FEW, people)]
        _turns(sides, calls // 4, "warm")
        medians = _turns(sides, calls, "measured")
    for operation, (few, many) in medians.items():
        yield Finding(
            name=f"million_{operation}",
            what=f"{operation} with {people:,} users",
            against=f"with {_FEW:,}",
            ratio=many / few,
            goal=_GOAL,
            at_least=False,
            note=f"{many:.2f} and {few:.2f} ms",
            numbers={"many_ms": many, "few_ms": few},
        )


def _server(cluster: Cluster, people: int, tell: Callable[[str], None]) -> Any:
    url = cluster.new_database()
    migrate(url)
    begun = time.perf_counter()
    insert_users(url, people)
    tell(f"{people:,} people made in {time.perf_counter() - begun:.0f} s\n")
    settings = {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "RATE_LIMITS": "off"}
    return serving("--no-delivery", **settings)


def _turns(sides: list[Service], calls: int, name: str) -> dict[str, list[float]]:
    """Median milliseconds of each operation at each side."""
    medians = {}
    for operation, expected in (
        ("register", "RegisterSuccess"),
        ("verifyEmail", "InvalidOtpError"),
        ("login", "EmailNotVerifiedError"),
    ):
        seconds: list[list[float]] = [[] for _ in sides]
        for number in range(calls):
            for service, times in zip(sides, seconds, strict=True):
                call = _call(service, operation, f"{name}{number}@example.com")
                times.append(timed(call, expected=expected))
        medians[operation] = [median_ms(times) for times in seconds]
    return medians


def _call(service: Service, operation: str, address: str) -> Callable[[], Any]:
    match operation:
        case "register":
            return lambda: service.register(email=address)
        case "verifyEmail":
            return lambda: service.verify("000000", address)
        case _:
            return lambda: service.login(address)


def main(people: int) -> None:
    def tell(text: str) -> None:
        print(text, end="", file=sys.stderr)

    print(HEAD, *(row.row() for row in million(people, calls=300, tell=tell)), sep="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
