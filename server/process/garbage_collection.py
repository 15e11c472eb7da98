"""Settings of Python's garbage collector that make imports and requests cheaper."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pauses the garbage collector for the block, and exempts all objects made so far from it.

    Imports create many objects that live as long as the process. The collector would traverse them
    repeatedly and free almost nothing.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def freeze_loaded_objects() -> None:
    """Exempts all existing objects from garbage collection.

    They live as long as the process, and a collection that traverses them would hold up requests.
    """
    gc.collect()
    gc.freeze()
