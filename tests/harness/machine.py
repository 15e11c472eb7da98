"""How fast the machine is at this moment, for what a test says in seconds."""

import time

_USUAL = 0.2
"""Seconds of CPU for the loop below on a machine on which the figures were measured."""


def slowness() -> float:
    """How many times as long the machine takes for the same work; 1 on a faster one."""
    begun = time.process_time()
    sum(number * number % 7 for number in range(3_000_000))
    return max(1.0, (time.process_time() - begun) / _USUAL)
