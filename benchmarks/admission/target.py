"""The server that loads are offered to, in closed and in open loops."""

import os
from itertools import count

from cases import REGISTERED, UNAVAILABLE, register
from offering import offer
from orders import Load, Order
from rounds import Side

CORES = frozenset(os.sched_getaffinity(0))


class Target:
    """A server, and what it answered that is neither a success nor a refusal."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self._numbers = count()
        self.broken: list[str] = []

    def name(self) -> str:
        """A name that nobody has yet, for people whose addresses begin with it."""
        return f"{self.side.pid}n{next(self._numbers)}x"

    def offer(
        self,
        requests: list[bytes],
        kind: bytes,
        *,
        connections: int,
        seconds: float,
        due: list[float] | None = None,
    ) -> Load:
        kinds = [kind, UNAVAILABLE]
        order = Order(self.side.port, requests, seconds, kinds, connections, due)
        load = offer(order, cores=CORES)
        if load.count("strange"):
            self.broken.append(f"neither served nor refused: {load.strange[-300:]!r}")
        return load

    def closed(self, connections: int, seconds: float) -> Load:
        """Registrations by so many who come again as soon as they are answered."""
        many = int(400 * seconds * len(CORES)) + 100
        return self.offer(self.people(many), REGISTERED, connections=connections, seconds=seconds)

    def open(self, due: list[float], seconds: float) -> Load:
        """Registrations at these times, whether answers come or not."""
        # Each connection is used every three seconds or so: the server closes idle ones after five.
        connections = max(60, int(3 * len(due) / seconds))
        return self.offer(
            self.people(len(due)),
            REGISTERED,
            connections=connections,
            seconds=seconds,
            due=due,
        )

    def people(self, count: int) -> list[bytes]:
        name = self.name()
        return [register("/graphql", name, number) for number in range(count)]
