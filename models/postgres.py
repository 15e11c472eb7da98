"""Tortoise's PostgreSQL client, with pooled sessions that cost nothing to give back."""

# ruff: noqa: SLF001 - a subclass for what the library keeps to itself

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContextPooled
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

from models.database import connection

_FAREWELL = 1.0
"""Seconds to take leave of the server: a process that is asked to end has ten for everything."""


class _Session(asyncpg.Connection):  # type: ignore[misc] # asyncpg ships no types
    """A pooled session that is given back as it is, after a rollback where one is due.

    asyncpg would send statements to reset it, which cost as much as what it was taken for. Nothing
    here changes a session's state.
    """

    def get_reset_query(self) -> str:
        return ""


_held: ContextVar[Any] = ContextVar("held", default=None)
"""The connection that the running task holds for longer than a statement."""


async def _fetch(session: Any, sql: str, values: Sequence[object]) -> Sequence[Mapping[str, Any]]:
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


class _TransactionClient(TransactionWrapper):
    async def fetch(self, sql: str, values: Sequence[object]) -> Sequence[Mapping[str, Any]]:
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
    connection_class = _Session

    async def fetch(self, sql: str, values: Sequence[object]) -> Sequence[Mapping[str, Any]]:
        held = _held.get()
        if held is not None:
            return await _fetch(held, sql, values)
        async with self.acquire_connection() as session:
            return await _fetch(session, sql, values)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[None]:
        """Each `fetch` of the block goes over one connection."""
        async with self.acquire_connection() as session:
            token = _held.set(session)
            try:
                yield
            finally:
                _held.reset(token)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Each `fetch` of the block is done, or none is."""
        held = _held.get()
        if held is None:
            async with self.session(), _held.get().transaction():
                yield
        else:
            async with held.transaction():
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
    if _held.get() is not None:
        raise RuntimeError("this task holds a connection: nothing but fetch may be used")


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
