"""Tortoise's PostgreSQL client, so that an outage of the database leaves nothing behind."""

# ruff: noqa: SLF001 - a subclass for what the library keeps to itself

from typing import Any

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContextPooled
from tortoise.connection import get_connections


class _Transaction(TransactionContextPooled):
    """Gives its connection back also when the transaction cannot begin.

    Tortoise's own keeps it, and after as many failures as the pool has connections, the process
    would wait for one until it is restarted.
    """

    async def __aenter__(self) -> Any:
        try:
            return await super().__aenter__()
        except BaseException:
            if (token := getattr(self, "token", None)) is not None:
                get_connections().reset(token)
            taken, pool = self.client._connection, self.client._parent._pool
            if taken is not None and pool is not None:
                await pool.release(taken)
            raise


class Client(AsyncpgDBClient):
    def _in_transaction(self) -> Any:
        return _Transaction(TransactionWrapper(self), self._pool_init_lock)


client_class = Client
