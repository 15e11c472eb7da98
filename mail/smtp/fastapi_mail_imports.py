"""The parts of fastapi-mail that connectx uses, imported without those that it does not use."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _as_if_absent(*modules: str) -> Iterator[None]:
    """Make the block's imports behave as if these modules were not installed.

    Imports of other threads are affected meanwhile: only for a process that is starting.
    """
    absent = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None is documented so
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


# fastapi-mail's address checker, which connectx does not use, imports httpx and redis where they
# are installed: 10 MiB in each worker.
with _as_if_absent("httpx", "redis"):
    from fastapi_mail import ConnectionConfig
    from fastapi_mail.connection import Connection
    from fastapi_mail.errors import ConnectionErrors

__all__ = ["Connection", "ConnectionConfig", "ConnectionErrors"]
