"""The loads of `make admission`: bursts, random arrivals, too many, and loops."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import people
from cases import REGISTERED, UNAVAILABLE, login, register, verify_wrong, viewer
from harness.database import rows
from memory import worker_mib
from orders import Load, at_random, evenly
from timing import percentile_ms

from admission.row import Row
from admission.target import CORES, Target

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


class Loads:
    """All loads for one server, and what came of them."""

    def __init__(self, target: Target, workers: int, seconds: float) -> None:
        self._target = target
        self._workers = workers
        self._seconds = seconds
        target.closed(8, seconds / 4)

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

    def _capacity(self) -> float:
        """Registrations a second, measured before each load that is a multiple of it.

        What a shared machine gives differs by a fifth from one minute to the next.
        """
        load = self._target.closed(4 * len(CORES), self._seconds)
        return load.count(REGISTERED.decode()) / load.seconds

    def _row(self, what: str, load: Load, goal: str, *, met: bool, kind: bytes = REGISTERED) -> Row:
        return Row(what, self._workers, load, kind, goal, met)

    def _burst(self, count: int, who: str, kind: bytes) -> Row:
        name = self._target.name()
        requests = self._logins(name, count) if kind == _LOGGED_IN else self._target.people(count)
        load = self._target.offer(requests, kind, seconds=0.5, connections=count, due=[0.0] * count)
        served = load.times.get(kind.decode(), [])
        met = len(served) == count and max(served) <= _LAST
        goal = f"all within {_LAST:.0f} s"
        return self._row(f"{count} {who} at once", load, goal, met=met, kind=kind)

    def _logins(self, name: str, count: int) -> list[bytes]:
        """Right passwords of verified people: they have the hash of somebody who registered."""
        owner = [register("/graphql", f"owner{name}", 0)]
        self._target.offer(owner, REGISTERED, connections=1, seconds=0.2)
        people.make(self._target.side.url, name, count)
        rows(
            self._target.side.url,
            "UPDATE users SET is_verified = TRUE, password_hash = (SELECT password_hash "  # noqa: S608 - a name of ours
            f"FROM users WHERE email LIKE 'owner{name}%' LIMIT 1) WHERE email LIKE '{name}%'",
        )
        return [login("/graphql", name, number) for number in range(count)]

    def _arrivals(self, part: float, most_refused: float) -> Row:
        capacity = self._capacity()
        due = at_random(capacity * part, self._seconds * 2)
        load = self._target.open(due, self._seconds * 2)
        refused = load.count(UNAVAILABLE.decode()) / load.total
        goal = f"under {most_refused:.0%} refused" if most_refused else "none refused"
        met = refused < most_refused if most_refused else refused == 0
        what = f"random arrivals, {part} of the capacity ({capacity:.0f}/s)"
        return self._row(what, load, goal, met=met)

    def _overload(self) -> Iterator[Row]:
        capacity = self._capacity()
        due = evenly(4 * capacity, self._seconds)
        self._target.open(due[: len(due) // 2], self._seconds / 2)  # each connection takes memory
        before, _ = worker_mib(self._target.side.pid)
        load = self._target.open(due, self._seconds)
        after, _ = worker_mib(self._target.side.pid)
        served = load.times.get(REGISTERED.decode(), [0.0])
        refused = load.times.get(UNAVAILABLE.decode(), [0.0])
        what = "4 times the capacity"
        yield self._row(
            f"{what} ({capacity:.0f}/s)",
            load,
            f"{_SERVED:.0%} of the capacity",
            met=len(served) / load.seconds >= _SERVED * capacity,
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
        load = self._target.closed(connections, self._seconds)
        refused = load.count(UNAVAILABLE.decode())
        return self._row(f"{connections} who never stop", load, "none refused", met=not refused)

    def _bystanders(self) -> Iterator[Row]:
        """Other operations, alone and while twice the capacity registers."""
        for what, kind in (
            ("verifyEmail", b'"InvalidOtpError"'),
            ("viewer", b'"isProfileComplete"'),
        ):
            alone = self._others(kind)
            due = evenly(2 * self._capacity(), self._seconds + 1)
            with ThreadPoolExecutor(1) as beside:
                crowd = beside.submit(self._target.open, due, self._seconds + 1)
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
        name, due = self._target.name(), evenly(50, self._seconds)
        people.make(self._target.side.url, name, len(due))
        request = viewer if b"Profile" in kind else verify_wrong
        requests = [request("/graphql", name, number) for number in range(len(due))]
        return self._target.offer(requests, kind, connections=32, seconds=self._seconds, due=due)
