"""Keeps libraries from loading what they would take where they find it, and nobody uses here."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def as_if_absent(*modules: str) -> Iterator[None]:
    """The block's imports do without these modules, even where they are installed.

    So do those of other threads meanwhile: only for a process that is starting.
    """
    absent = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None is documented so
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
