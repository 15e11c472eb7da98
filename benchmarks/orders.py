"""What a client of the benchmarks is told to send, and what it tells of the answers."""

from array import array
from dataclasses import dataclass, field


@dataclass
class Order:
    """What to send where. Without a `rate`, each connection asks as soon as it is answered."""

    port: int
    requests: list[bytes]
    seconds: float
    kinds: list[bytes]
    """What tells one kind of answer from another; the first that occurs in it counts."""
    connections: int = 16
    rate: float | None = None


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
