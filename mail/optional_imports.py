"""Imports of libraries without the optional libraries that they would import."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def as_if_absent(*modules: str) -> Iterator[None]:
    """Makes the block's imports behave as if these modules were not installed.

    Imports of other threads are affected meanwhile: only for a process that is starting.
    """
    absent = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None is documented so
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
