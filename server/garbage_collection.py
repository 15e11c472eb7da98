"""Loads a process's code without the garbage collector looking over it again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """What the block imports and makes is for good: the collector never looks at it.

    Left alone, it looks at all modules and classes every few thousand objects, finds next to
    nothing that could go, and takes a seventh of the start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def freeze_what_is_loaded() -> None:
    """What is there now stays, so the collector need not look at it again.

    Nor has it to look for more after every 700 objects, as Python has it: hardly anything that a
    request makes refers to itself, and the looking took 2 to 3 % of its time.
    """
    gc.collect()
    gc.set_threshold(5_000, 20, 20)
    gc.freeze()
