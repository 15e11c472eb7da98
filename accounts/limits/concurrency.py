"""Limits how many slots one client, and all clients together, hold at a time in one process."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Capacity:
    """The maximum numbers of slots held at a time."""

    per_client: int = 20
    in_all: int = 10_000


class ConcurrencyLimit:
    """Counts held slots. It counts in memory, because all slots end with the process."""

    def __init__(self, capacity: Capacity = Capacity()) -> None:
        self._capacity = capacity
        self._taken: Counter[str] = Counter()
        self._in_all = 0

    @contextmanager
    def slot(self, client: str) -> Iterator[bool]:
        """Yields whether a slot was free. The client holds it while the block runs."""
        full = self._in_all >= self._capacity.in_all
        if full or self._taken[client] >= self._capacity.per_client:
            yield False
            return
        self._taken[client] += 1
        self._in_all += 1
        try:
            yield True
        finally:
            self._in_all -= 1
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]  # clients without slots take no memory
