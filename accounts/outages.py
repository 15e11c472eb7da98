"""Tells an outage, which passes, from a bug, which stays."""

import asyncio
import sqlite3

from asyncpg import InterfaceError, InvalidCatalogNameError, PostgresConnectionError
from asyncpg.exceptions import (
    InsufficientResourcesError,
    InternalClientError,
    InvalidAuthorizationSpecificationError,
    OperatorInterventionError,
    TransactionRollbackError,
)
from limits.errors import StorageError
from tortoise.exceptions import (
    DBConnectionError,
    OperationalError,
    TransactionManagementError,
)

from accounts.hashing.admission import Busy

_OUTAGES: tuple[type[Exception], ...] = (
    OSError,  # refused, reset, unreachable; the disk is full
    asyncio.TimeoutError,
    DBConnectionError,
    OperationalError,
    PostgresConnectionError,
    InterfaceError,  # asyncpg's own: the pool is closing, the connection is closed
    InternalClientError,  # the server's farewell came between two statements
    InsufficientResourcesError,  # too many connections, disk full
    OperatorInterventionError,  # the server shuts down or cancels the query
    TransactionRollbackError,  # a deadlock, or a serialization failure of a distributed database
    TransactionManagementError,  # a standby that only reads
    InvalidAuthorizationSpecificationError,
    InvalidCatalogNameError,
    sqlite3.Error,  # what Tortoise does not translate: a damaged file
    StorageError,
)


def described(error: Exception) -> str:
    """An outage in a few words for the log: its types and PostgreSQL's code, never its values."""
    cause = error.__cause__ or (error.args[0] if error.args else None)
    names = [type(error).__name__]
    if isinstance(cause, Exception):
        names.append(type(cause).__name__)
    code = getattr(error, "sqlstate", None) or getattr(cause, "sqlstate", None)
    return " from ".join(names) + (f" (SQLSTATE {code})" if code else "")


def retry_after(error: Exception) -> int | None:
    """Whole seconds after which to ask again, where the cause is an outage; None for a bug."""
    if isinstance(error, Busy):
        return error.retry_after
    return 2 if isinstance(error, _OUTAGES) else None
