"""Tortoise's PostgreSQL client, past the ORM where a request is in a hurry."""

# ruff: noqa: SLF001 - a subclass for what the library keeps to itself

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContextPooled
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

from models.sql.database import Rows, connection, held

_FAREWELL = 1.0
"""Seconds to take leave of the server: a process that is asked to end has ten for everything."""


class PooledSession(asyncpg.Connection):  # type: ignore[misc] # asyncpg ships no types
    """A pooled connection that is given back without a statement that resets it.

    The statement would cost as much as the one that the connection was taken for. Nothing here
    changes a session's state; a transaction that is still open is rolled back.
    """

    def get_reset_query(self) -> str:
        return ""


async def _fetch(session: Any, sql: str, values: Sequence[object]) -> Rows:
    """The rows of a statement by asyncpg's own way.

    Tortoise's costs more than the statement does in Python: wrappers, a log line that nobody
    reads, and a copy of every row.
    """
    try:
        return await session.fetch(sql, *values)  # type: ignore[no-any-return] # asyncpg ships no types
    except (asyncpg.SyntaxOrAccessError, asyncpg.DataError) as error:
        raise OperationalError(error) from error
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(error) from error


class _Holding:
    """Holds one of the pool's connections for the running task while the block runs."""

    def __init__(self, client: "Client") -> None:
        self._connection = client.acquire_connection()

    async def __aenter__(self) -> Self:
        self._session = await self._connection.__aenter__()
        self._before = held.set(self)
        return self

    async def __aexit__(self, *error: object) -> None:
        held.reset(self._before)
        await self._connection.__aexit__(*error)

    def fetch(self, sql: str, values: Sequence[object]) -> Awaitable[Rows]:
        return _fetch(self._session, sql, values)

    def transaction(self) -> Any:
        return self._session.transaction()


class _TransactionClient(TransactionWrapper):
    async def fetch(self, sql: str, values: Sequence[object]) -> Rows:
        async with self.acquire_connection() as session:
            return await _fetch(session, sql, values)


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
    connection_class = PooledSession

    async def fetch(self, sql: str, values: Sequence[object]) -> Rows:
        async with self.acquire_connection() as session:
            return await _fetch(session, sql, values)

    def session(self) -> _Holding:
        """Each `fetch` of the block goes over one connection."""
        return _Holding(self)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Each `fetch` of the block is done, or none is."""
        async with self.session() as holding, holding.transaction():
            yield

    def acquire_connection(self) -> Any:
        _check_that_none_is_held()
        return super().acquire_connection()

    def _in_transaction(self) -> Any:
        _check_that_none_is_held()
        return _Transaction(_TransactionClient(self), self._pool_init_lock)

    async def _close(self) -> None:
        if self._pool is not None:
            try:
                async with asyncio.timeout(_FAREWELL):
                    await self._pool.close()
            except TimeoutError:
                self._pool.terminate()
            self._pool = None


def _check_that_none_is_held() -> None:
    # A second one would be outside the transaction, and might be waited for for ever.
    if held.get() is not None:
        raise RuntimeError("this task holds a connection: nothing but fetch may be used")


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


client_class = Client
