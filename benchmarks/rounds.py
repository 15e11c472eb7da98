"""Takes turns between the real server and what it is compared with, as the machine is shared."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

import people
from cases import Case
from harness.database import rows
from offering import cpu_seconds, offer
from orders import Load, Order
from timing import percentile_ms
from wrk import offer_by_wrk, suits


@dataclass(frozen=True)
class Side:
    """A server that a case's requests go to."""

    name: str
    url: str
    """Of its database."""
    port: int
    pid: int
    path: str


@dataclass
class Measured:
    """One side's rounds of one case."""

    case: Case
    side: Side
    rates: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    """Of the server, for each request."""
    p50_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    client_cpu: list[float] = field(default_factory=list)
    """The client's share of a core."""
    broken: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    def offer(self, label: str, count: int, seconds: float) -> None:
        """One round of at most `count` requests, about people named `label`; checked and added."""
        case, side = self.case, self.side
        if case.per_person:
            people.make(side.url, label, count // case.per_person + 1)
        requests = [case.request(side.path, label, number) for number in range(count)]
        before, cpu = counted(side.url, case.stored), cpu_seconds(side.pid)
        order = Order(side.port, requests, seconds, [case.expected], case.connections)
        load = offer_by_wrk(order) if case.always_the_same and suits(order) else offer(order)
        self._add(load, cpu_seconds(side.pid) - cpu)
        grown = counted(side.url, case.stored) - before
        if case.stored and grown != load.total:
            self.broken.append(f"{load.total} answers and {grown} rows")

    def _add(self, load: Load, server_cpu: float) -> None:
        kind = self.case.expected.decode()
        times, good = load.times.get(kind, ()), load.count(kind)
        if good != load.total or not good:
            others = load.total - good
            self.broken.append(f"{others} of {load.total} failed: {load.strange[-300:]!r}")
        if times:
            self.rates.append(good / load.seconds)
            self.cpu_ms.append(server_cpu / load.total * 1000)
            self.p50_ms.append(percentile_ms(times, 50))
            self.p99_ms.append(percentile_ms(times, 99))
            self.client_cpu.append(load.cpu / load.seconds)

    def numbers(self) -> dict[str, list[float]]:
        """Each round's, for a program."""
        names = ("rates", "cpu_ms", "p50_ms", "p99_ms", "client_cpu")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Turns:
    """How often each side has its turn, how many seconds it takes, and who is told of it."""

    rounds: int
    seconds: float
    tell: Callable[[str], None]


def counted(url: str, statement: str | None) -> int:
    """The number that an SQL statement gives; 0 without one."""
    return int(rows(url, statement)[0]["n"]) if statement else 0


def take_turns(case: Case, sides: list[Side], *, turns: Turns) -> list[Measured]:
    """Each side measured `rounds` times, after a short round that is not counted."""
    warm = [Measured(case, side) for side in sides]
    for one in warm if turns.rounds > 1 else ():
        one.offer(f"{case.name}-{one.side.name}-warm-", 3000, turns.seconds / 4)
    measured = [Measured(case, one.side, broken=one.broken) for one in warm]
    for number in range(turns.rounds):
        pairs = list(zip(measured, warm, strict=True))
        for one, before in pairs if number % 2 == 0 else reversed(pairs):
            guess = max([*before.rates, *one.rates], default=3000.0)
            count = int(guess * turns.seconds * 1.5) + 50
            one.offer(f"{case.name}-{one.side.name}-{number}-", count, turns.seconds)
        turns.tell(".")
    return measured
