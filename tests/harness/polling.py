"""Waits for a condition by looking at it again and again."""

import time
from collections.abc import Callable

_PATIENCE = 60.0
"""Seconds. A disk or a virtual machine that is shared with others can stand still for some of them.
Where a time is the fact that a test proves, the test measures it or gives its own patience."""


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
