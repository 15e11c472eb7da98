"""Distinguishes outages, which are temporary, from bugs."""

import asyncio
import sqlite3

from asyncpg import InterfaceError, InvalidCatalogNameError, PostgresConnectionError
from asyncpg.exceptions import (
    IdleInTransactionSessionTimeoutError,
    InsufficientResourcesError,
    InternalClientError,
    InvalidAuthorizationSpecificationError,
    InvalidCachedStatementError,
    InvalidSQLStatementNameError,
    ObjectNotInPrerequisiteStateError,
    OperatorInterventionError,
    PostgresSystemError,
    ReadOnlySQLTransactionError,
    SnapshotTooOldError,
    TransactionRollbackError,
    TransactionTimeoutError,
)
from limits.errors import StorageError
from tortoise.exceptions import (
    DBConnectionError,
    OperationalError,
    TransactionManagementError,
)

from accounts.hashing.admission import Busy


class ChangedMeanwhileError(Exception):
    """What an operation has read was changed at the same moment. Trying again reads it anew."""


_OUTAGES: tuple[type[Exception], ...] = (
    OSError,  # refused, reset, unreachable; the disk is full
    asyncio.TimeoutError,
    DBConnectionError,
    OperationalError,
    PostgresConnectionError,
    InterfaceError,  # of asyncpg: the pool is closing, or the connection is closed
    InternalClientError,  # the server closed the connection between two statements
    InsufficientResourcesError,  # too many connections, disk full
    OperatorInterventionError,  # the server shuts down or cancels the query
    TransactionRollbackError,  # a deadlock, or a serialization failure of a distributed database
    TransactionManagementError,  # a write that a standby refused, translated by Tortoise
    ReadOnlySQLTransactionError,  # the same, for example from a commit
    IdleInTransactionSessionTimeoutError,  # the server ended a session that was held up
    TransactionTimeoutError,
    InvalidCachedStatementError,  # the schema was upgraded within a transaction
    InvalidSQLStatementNameError,  # a pooler gave the session's server to somebody else
    ObjectNotInPrerequisiteStateError,  # a lock timeout; a database that takes no connections
    PostgresSystemError,  # its disk fails
    SnapshotTooOldError,
    InvalidAuthorizationSpecificationError,
    InvalidCatalogNameError,
    sqlite3.Error,  # not translated by Tortoise: a damaged file
    StorageError,
    ChangedMeanwhileError,
)


def described(error: Exception) -> str:
    """A short description of an outage for the log: types and SQLSTATE, but no values."""
    cause = error.__cause__ or (error.args[0] if error.args else None)
    names = [type(error).__name__]
    if isinstance(cause, Exception):
        names.append(type(cause).__name__)
    code = getattr(error, "sqlstate", None) or getattr(cause, "sqlstate", None)
    return " from ".join(names) + (f" (SQLSTATE {code})" if code else "")


def retry_after(error: Exception) -> int | None:
    """Whole seconds after which to retry if the error is an outage; None for a bug."""
    if isinstance(error, Busy):
        return error.retry_after
    return 2 if isinstance(error, _OUTAGES) else None
