"""What is used of fastapi-mail, without what else it would load."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _as_if_absent(*modules: str) -> Iterator[None]:
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


# Its checker of addresses, which nobody uses here, takes them where it finds them: 10 MiB of each
# worker, and 0.1 s of its start.
with _as_if_absent("httpx", "redis"):
    from fastapi_mail import ConnectionConfig
    from fastapi_mail.connection import Connection
    from fastapi_mail.errors import ConnectionErrors

__all__ = ["Connection", "ConnectionConfig", "ConnectionErrors"]
