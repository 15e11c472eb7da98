"""`make admission`: who is served, and when, if many come at once.

The server has all cores, which it shares with its database and with the client that asks. Settings
are as shipped, but for the rate limits, which nothing reaches. Exits with 1 if an answer was
neither a success nor a refusal.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import machine
import people
from cases import REGISTERED, UNAVAILABLE, login, register, verify_wrong, viewer
from harness.database import rows
from memory import worker_mib
from offering import offer
from orders import Load, Order, at_random, evenly
from rounds import Side
from stage import Stage, staged
from timing import median_ms, percentile_ms

_CORES = frozenset(os.sched_getaffinity(0))
_LOGGED_IN = b'"__typename":"LoginSuccess"'
_BURSTS = (16, 30, 50, 100)
_ARRIVALS = ((0.5, 0.0), (0.8, 0.0), (0.95, 0.01))
"""Of the capacity, and which part may be refused."""
_LAST = 2.0
"""Seconds in which the last one of a burst is served."""
_ADMITTED, _REFUSED = 2.5, 0.05
"""Seconds of the 99th percentile, at 4 times the capacity."""
_SERVED = 0.9
"""Of the capacity, at 4 times of it."""
_SLOWED = 3.0
"""Times of the 99th percentile of other operations, while hashing is at its limit."""
_GROWN_MIB = 5.0

HEAD = (
    "| load | workers | served | refused | median | p99 | longest | refused within | goal | met |\n"
    + "|---" * 10
    + "|"
)


@dataclass
class Row:
    what: str
    workers: int
    load: Load
    kind: bytes
    goal: str
    met: bool

    def __str__(self) -> str:
        served = self.load.times.get(self.kind.decode(), ())
        refused = self.load.times.get(UNAVAILABLE.decode(), ())
        cells = [
            self.what,
            str(self.workers),
            f"{len(served)} ({len(served) / self.load.seconds:.0f}/s)",
            str(len(refused)),
            f"{median_ms(served):.0f} ms" if served else "",
            f"{percentile_ms(served, 99):.0f} ms" if served else "",
            f"{max(served) * 1000:.0f} ms" if served else "",
            f"{percentile_ms(refused, 99):.0f} ms" if refused else "",
            self.goal,
            "yes" if self.met else "no",
        ]
        return f"| {' | '.join(cells)} |"


class Crowds:
    """Loads for one server, and what came of them."""

    def __init__(self, side: Side, workers: int, seconds: float) -> None:
        self._side = side
        self._workers = workers
        self._seconds = seconds
        self._names = iter(f"w{workers}n{number}x" for number in range(1000))
        self.broken: list[str] = []
        self._registered("warm", seconds=max(1.0, seconds / 4), connections=8)
        best = self._registered("capacity", seconds=seconds, connections=4 * len(_CORES))
        self.capacity = best.count(REGISTERED.decode()) / best.seconds

    def rows(self) -> Iterator[Row]:
        for count in _BURSTS:
            yield self._burst(count, "registrations", REGISTERED)
            yield self._burst(count, "logins", _LOGGED_IN)
        for part, refused in _ARRIVALS:
            yield self._arrivals(part, refused)
        yield from self._overload()
        for connections in (16, 64):
            yield self._closed_loop(connections)
        yield from self._bystanders()

    def _row(self, what: str, load: Load, goal: str, *, met: bool, kind: bytes = REGISTERED) -> Row:
        return Row(what, self._workers, load, kind, goal, met)

    def _offer(self, requests: list[bytes], kind: bytes, **order: object) -> Load:
        load = offer(Order(self._side.port, requests, kinds=[kind, UNAVAILABLE], **order))  # type: ignore[arg-type]
        if load.count("strange"):
            self.broken.append(f"neither served nor refused: {load.strange[-300:]!r}")
        return load

    def _registered(
        self,
        name: str,
        *,
        seconds: float,
        connections: int,
        due: list[float] | None = None,
    ) -> Load:
        many = int(400 * seconds * len(_CORES)) + 100 if due is None else len(due)
        unique = f"{name}{next(self._names)}"
        requests = [register("/graphql", unique, number) for number in range(many)]
        return self._offer(requests, REGISTERED, seconds=seconds, connections=connections, due=due)

    def _burst(self, count: int, who: str, kind: bytes) -> Row:
        name = next(self._names)
        if kind == _LOGGED_IN:
            requests = self._logins(name, count)
        else:
            requests = [register("/graphql", name, number) for number in range(count)]
        load = self._offer(requests, kind, seconds=0.5, connections=count, due=[0.0] * count)
        served = load.times.get(kind.decode(), [])
        met = len(served) == count and max(served) <= _LAST
        goal = f"all within {_LAST:.0f} s"
        return self._row(f"{count} {who} at once", load, goal, met=met, kind=kind)

    def _logins(self, name: str, count: int) -> list[bytes]:
        """Right passwords of verified people: they have the hash of somebody who registered."""
        self._registered(f"owner{name}", seconds=0.2, connections=1)
        people.make(self._side.url, name, count)
        rows(
            self._side.url,
            "UPDATE users SET is_verified = TRUE, password_hash = (SELECT password_hash "  # noqa: S608 - a name of ours
            f"FROM users WHERE email LIKE 'owner{name}%' LIMIT 1) WHERE email LIKE '{name}%'",
        )
        return [login("/graphql", name, number) for number in range(count)]

    def _arrivals(self, part: float, most_refused: float) -> Row:
        due = at_random(self.capacity * part, self._seconds * 2)
        load = self._registered("arriving", seconds=self._seconds * 2, connections=400, due=due)
        refused = load.count(UNAVAILABLE.decode()) / load.total
        goal = f"under {most_refused:.0%} refused" if most_refused else "none refused"
        met = refused < most_refused if most_refused else refused == 0
        return self._row(f"random arrivals, {part} of the capacity", load, goal, met=met)

    def _overload(self) -> Iterator[Row]:
        before, _ = worker_mib(self._side.pid)
        due = evenly(4 * self.capacity, self._seconds)
        load = self._registered("crowd", seconds=self._seconds, connections=800, due=due)
        after, _ = worker_mib(self._side.pid)
        served = load.times.get(REGISTERED.decode(), [0.0])
        refused = load.times.get(UNAVAILABLE.decode(), [0.0])
        what = "4 times the capacity"
        yield self._row(
            f"{what} ({self.capacity:.0f}/s)",
            load,
            f"{_SERVED:.0%} of the capacity",
            met=len(served) / load.seconds >= _SERVED * self.capacity,
        )
        yield self._row(
            f"{what}: the wait",
            load,
            f"p99 {_ADMITTED} s, refused {_REFUSED} s",
            met=percentile_ms(served, 99) <= _ADMITTED * 1000
            and percentile_ms(refused, 99) <= _REFUSED * 1000,
        )
        yield self._row(
            f"{what}: a worker's memory, {before:.0f} MiB before and {after:.0f} after",
            load,
            f"within {_GROWN_MIB:.0f} MiB",
            met=after - before <= _GROWN_MIB,
        )

    def _closed_loop(self, connections: int) -> Row:
        load = self._registered("loop", seconds=self._seconds, connections=connections)
        refused = load.count(UNAVAILABLE.decode())
        goal = "none refused" if connections <= max(_BURSTS) else ""
        return self._row(f"{connections} who never stop", load, goal, met=not refused)

    def _bystanders(self) -> Iterator[Row]:
        """Other operations, alone and while twice the capacity registers."""
        for what, kind in (
            ("verifyEmail", b'"InvalidOtpError"'),
            ("viewer", b'"isProfileComplete"'),
        ):
            alone = self._others(kind)
            due = evenly(2 * self.capacity, self._seconds + 1)
            with ThreadPoolExecutor(1) as beside:
                crowd = beside.submit(
                    self._registered, "beside", seconds=self._seconds, connections=800, due=due
                )
                crowded = self._others(kind)
                crowd.result()
            before, during = (
                percentile_ms(load.times[kind.decode()], 99) for load in (alone, crowded)
            )
            yield self._row(
                f"{what} meanwhile, p99 alone {before:.1f} and then {during:.1f} ms",
                crowded,
                f"{_SLOWED:.0f} times at most",
                met=during <= _SLOWED * before,
                kind=kind,
            )

    def _others(self, kind: bytes) -> Load:
        name, due = next(self._names), evenly(50, self._seconds)
        people.make(self._side.url, name, len(due))
        request = viewer if b"Profile" in kind else verify_wrong
        requests = [request("/graphql", name, number) for number in range(len(due))]
        return self._offer(requests, kind, seconds=self._seconds, connections=32, due=due)


def measure(stage: Stage, workers: int, seconds: float) -> list[str]:
    """Prints the rows of a server with so many workers, and returns what is broken."""
    arguments = ("--no-delivery", "--workers", str(workers))
    with stage.real(*arguments, cores=_CORES) as side:
        crowds = Crowds(side, workers, seconds)
        for row in crowds.rows():
            print(row, flush=True)
    return crowds.broken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each load")
    chosen = parser.parse_args()
    print(machine.described(), "", HEAD, sep="\n", flush=True)
    with staged() as stage:
        broken = [line for workers in (1, 2) for line in measure(stage, workers, chosen.seconds)]
    print(*broken, sep="\n")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
