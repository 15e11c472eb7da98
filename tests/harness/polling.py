"""Waits for a condition by looking at it again and again."""

import time
from collections.abc import Callable

_PATIENCE = 15.0


def eventually(
    condition: Callable[[], object],
    what: str,
    *,
    patience: float = _PATIENCE,
    every: float = 0.01,
) -> None:
    """Waits until the condition holds; fails, naming `what`, if it never does.

    It is looked at `every` so many seconds.
    """
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, f"still waiting for {what}"
        time.sleep(every)
