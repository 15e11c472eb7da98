"""Tortoise's SQLite client, which stays usable after a statement that could not begin or end.

All statements of a process share one connection and its lock. Tortoise keeps the lock if connecting
or BEGIN fails, for example on a full disk, or is cancelled. Every later statement then waits for
ever.
"""

from contextlib import suppress
from typing import Any

from tortoise.backends.base.client import ConnectionWrapper
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.connection import get_connections


class _Use(ConnectionWrapper[Any]):
    """Holds the lock of the connection while the block runs."""

    async def __aenter__(self) -> Any:
        await self._lock.acquire()
        try:
            await self.ensure_connection()
        except BaseException:
            self._lock.release()
            raise
        return self.connection


class _TransactionClient(SqliteTransactionWrapper):
    async def commit(self) -> None:
        try:
            await super().commit()
        except BaseException:
            await self.abandon()
            raise

    async def abandon(self) -> None:
        """Ends a transaction that failed; otherwise the next one would commit it."""
        self._finalized = False
        with suppress(Exception):  # there is no connection, or no transaction
            await self.rollback()


class _Transaction(SqliteTransactionContext):
    connection: _TransactionClient

    async def __aenter__(self) -> Any:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self.connection.begin()
        except BaseException:
            await self.connection.abandon()
            self._trxlock.release()
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        return self.connection


class SqliteDatabaseClient(SqliteClient):
    async def create_connection(self, with_db: bool) -> None:  # noqa: FBT001 - Tortoise's signature
        try:
            await super().create_connection(with_db)
        except BaseException:
            await self.close()  # so that the next statement sets the pragmas again
            raise

    def acquire_connection(self) -> Any:
        return _Use(self._lock, self)

    def _in_transaction(self) -> Any:
        return _Transaction(_TransactionClient(self), self._lock)


client_class = SqliteDatabaseClient
