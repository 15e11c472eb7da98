"""Tortoise's PostgreSQL client, so that an outage of the database leaves nothing behind."""

# ruff: noqa: SLF001 - a subclass for what the library keeps to itself

import asyncio
from dataclasses import dataclass
from typing import Any

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContextPooled
from tortoise.connection import get_connections

from models.database import connection

_FAREWELL = 1.0
"""Seconds to take leave of the server: a process that is asked to end has ten for everything."""


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

    async def _close(self) -> None:
        if self._pool is not None:
            try:
                async with asyncio.timeout(_FAREWELL):
                    await self._pool.close()
            except TimeoutError:
                self._pool.terminate()
            self._pool = None


client_class = Client


@dataclass(frozen=True)
class PoolUse:
    """Connections of this process."""

    in_use: int
    idle: int
    most: int


def pool_use() -> PoolUse | None:
    """How the pool is used at this moment; None with SQLite, or before the first connection."""
    client = connection()
    pool = client._pool if isinstance(client, AsyncpgDBClient) else None
    if pool is None:
        return None
    idle = pool.get_idle_size()
    return PoolUse(in_use=pool.get_size() - idle, idle=idle, most=pool.get_max_size())
