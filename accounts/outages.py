"""Tells an outage, which passes, from a bug, which stays."""

import asyncio

from asyncpg import InterfaceError, PostgresConnectionError
from asyncpg.exceptions import InsufficientResourcesError, OperatorInterventionError
from limits.errors import StorageError
from tortoise.exceptions import DBConnectionError, OperationalError

from accounts.hashing import Busy

_OUTAGES: tuple[type[Exception], ...] = (
    OSError,  # refused, reset, unreachable; the disk is full
    asyncio.TimeoutError,
    DBConnectionError,
    OperationalError,
    PostgresConnectionError,
    InterfaceError,  # asyncpg's own: the pool is closing, the connection is closed
    InsufficientResourcesError,  # too many connections, disk full
    OperatorInterventionError,  # the server shuts down or cancels the query
    StorageError,
)


def retry_after(error: Exception) -> int | None:
    """Whole seconds after which to ask again, where the cause is an outage; None for a bug."""
    if isinstance(error, Busy):
        return error.retry_after
    return 2 if isinstance(error, _OUTAGES) else None
