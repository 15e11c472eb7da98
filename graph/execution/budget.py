"""Limits the CPU time that a client's new documents may cost."""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

_BURST = 2.0
"""Seconds of CPU time, for about 400 new documents at once: more than any application has."""

_REFILL = 0.05
"""Seconds of CPU time a second, for about ten new documents a second."""

_CLIENTS = 10_000
"""How many are remembered. The client that was charged least recently is dropped first."""


class Budget:
    """A leaky bucket of CPU time for each client, in each worker.

    Known documents cost nothing, so the budget only limits clients that keep sending new ones. It
    counts time that was already spent, so it need not be exact.
    """

    def __init__(self) -> None:
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """Whole seconds until the client may send a new document; 0 if it may now."""
        excess = self._level(client) - _BURST
        return max(0, round(excess / _REFILL) + 1) if excess >= 0 else 0

    @contextmanager
    def spending(self, client: str) -> Iterator[None]:
        """Charges the client for the CPU time of the block."""
        begun = time.thread_time()
        try:
            yield
        finally:
            cost = time.thread_time() - begun
            self._spent[client] = (self._level(client) + cost, time.monotonic())
            self._spent.move_to_end(client)
            if len(self._spent) > _CLIENTS:
                self._spent.popitem(last=False)

    def _level(self, client: str) -> float:
        level, since = self._spent.get(client, (0.0, 0.0))
        return max(0.0, level - (time.monotonic() - since) * _REFILL)
