"""Limits the CPU time of a client's new documents, introspection and rejected requests."""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

_BURST = 2.0
"""Seconds of CPU time, for about 400 new documents at once: more than any application has."""

_REFILL = 0.05
"""Seconds of CPU time a second, for about ten new documents a second."""

_REJECTED = 0.005
"""Seconds of CPU time that a rejected request counts as: about what a new document costs."""

_CLIENTS = 10_000
"""How many are remembered. The client that was charged least recently is dropped first."""


class Budget:
    """A leaky bucket of CPU time for each client, in each worker process.

    It charges time that was already spent, so a client can exceed it by its last requests.
    """

    def __init__(self) -> None:
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """Whole seconds until the client has a budget again; 0 if it has one."""
        excess = self._level(client) - _BURST
        return max(0, round(excess / _REFILL) + 1) if excess >= 0 else 0

    @contextmanager
    def spending(self, client: str) -> Iterator[None]:
        """Charges the client for the CPU time of the block."""
        begun = time.thread_time()
        try:
            yield
        finally:
            self.charge(client, time.thread_time() - begun)

    def charge(self, client: str, cost: float = _REJECTED) -> None:
        """Charges the client for a rejected request, or for `cost` seconds of CPU time."""
        self._spent[client] = (self._level(client) + cost, time.monotonic())
        self._spent.move_to_end(client)
        if len(self._spent) > _CLIENTS:
            self._spent.popitem(last=False)

    def _level(self, client: str) -> float:
        level, since = self._spent.get(client, (0.0, 0.0))
        return max(0.0, level - (time.monotonic() - since) * _REFILL)
