"""What a client of the benchmarks is told to send, and what it tells of the answers."""

import random
from array import array
from dataclasses import dataclass, field


@dataclass
class Order:
    """What to send where. Without times, each connection asks as soon as it is answered."""

    port: int
    requests: list[bytes]
    seconds: float
    kinds: list[bytes]
    """What tells one kind of answer from another; the first that occurs in it counts."""
    connections: int = 16
    due: list[float] | None = None
    """When each request is sent, in seconds from the start, whether answers come or not."""


def evenly(rate: float, seconds: float) -> list[float]:
    """Times of requests that come at the same distance, `rate` a second."""
    return [number / rate for number in range(int(rate * seconds))]


def at_random(rate: float, seconds: float) -> list[float]:
    """Times of requests that know nothing of each other: a Poisson process, always the same one."""
    chance = random.Random(1)  # noqa: S311 - no secret
    times, now = [], 0.0
    while (now := now + chance.expovariate(rate)) < seconds:
        times.append(now)
    return times


@dataclass
class Load:
    """What came back, by kind of answer."""

    times: dict[str, "array[float]"] = field(default_factory=dict)
    """Seconds of each answer, in the order in which they came; wrk tells only its percentiles."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many there were, where `times` are percentiles."""
    seconds: float = 0.0
    cpu: float = 0.0
    """Seconds of a core that the client itself took."""
    late: float = 0.0
    """An open loop's worst delay between the timetable and the sending."""
    strange: bytes = b""
    """The last answer of no known kind, or with another status than 200."""

    def count(self, kind: str) -> int:
        return self.counts.get(kind, len(self.times.get(kind, ())))

    @property
    def total(self) -> int:
        return sum(self.count(kind) for kind in self.times)
