"""Tortoise's PostgreSQL client, with a direct path to asyncpg for frequent statements."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import PoolConnectionWrapper
from tortoise.exceptions import IntegrityError, OperationalError, TransactionManagementError

from models.sql.connect import create_pool, end_if_it_only_reads
from models.sql.database import Rows, task_connection
from models.sql.postgres_transaction import PostgresTransaction

_CANCELLATION = 1.0
"""Seconds for a server to cancel a statement, before it counts as gone."""

_CLOSE_TIMEOUT = 1.0
"""Seconds to close the pool. A process has ten seconds for its whole shutdown."""


class PooledConnection(asyncpg.Connection):  # type: ignore[misc] # asyncpg ships no types
    """A pooled connection that is released without a statement that resets it.

    This saves a round trip. Nothing changes its state; open transactions are rolled back.

    It ends when the server answers neither a statement in time nor its cancellation.
    """

    on_silence: Callable[[], Awaitable[None]]
    """Awaited when the server does not answer."""
    _was_interrupted = False

    async def fetch(self, *arguments: Any, **options: Any) -> Any:
        return await self._answer_to(super().fetch(*arguments, **options))

    async def fetchrow(self, *arguments: Any, **options: Any) -> Any:
        return await self._answer_to(super().fetchrow(*arguments, **options))

    async def execute(self, *arguments: Any, **options: Any) -> Any:
        return await self._answer_to(super().execute(*arguments, **options))

    async def _answer_to(self, statement: Awaitable[Any]) -> Any:
        try:
            return await statement
        except TimeoutError:
            if not await self._is_cancelled():
                self.terminate()
                await self.on_silence()
            raise

    async def _is_cancelled(self) -> bool:
        """Whether the server has ended the statement, as asyncpg has just asked it to."""
        try:
            async with asyncio.timeout(_CANCELLATION):
                await super().execute("SELECT 1")
        except asyncpg.InFailedSQLTransactionError:
            return True
        except Exception:  # noqa: BLE001 - the connection is of no use, whatever it is
            return False
        return True

    def interrupt(self) -> None:
        """Makes the next release reset the connection, as a block with it has not ended well."""
        self._was_interrupted = True

    def get_reset_query(self) -> str:
        # A task that is cancelled between the preparation of a statement and its execution leaves
        # the server in the statement. Its timeout would end a later one, of somebody else.
        query, self._was_interrupted = "SELECT 1" if self._was_interrupted else "", False
        return query


async def _fetch(connection: Any, sql: str, values: Sequence[object]) -> Rows:
    """The rows of a statement, without Tortoise's wrappers, log line and copies."""
    try:
        return await connection.fetch(sql, *values)  # type: ignore[no-any-return] # asyncpg ships no types
    except (asyncpg.SyntaxOrAccessError, asyncpg.DataError) as error:
        raise OperationalError(error) from error
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(error) from error
    except asyncpg.InvalidTransactionStateError as error:
        raise TransactionManagementError(error) from error


class _Pooled(PoolConnectionWrapper[Any]):
    """A connection that is taken from the pool while the block runs."""

    async def __aexit__(self, *error: object) -> None:
        if error[1] is not None:
            # A connection that was lost has left the pool, and has no method any more.
            interrupt = getattr(self.connection, "interrupt", None)
            if interrupt is not None:
                interrupt()
            end_if_it_only_reads(self.connection, error[1])
        await super().__aexit__(*error)


class _TaskConnection:
    """Holds one pooled connection for the current task while the block runs."""

    def __init__(self, client: "PostgresDatabaseClient") -> None:
        self._acquired = client.acquire_connection()

    async def __aenter__(self) -> Self:
        self._connection = await self._acquired.__aenter__()
        self._before = task_connection.set(self)
        return self

    async def __aexit__(self, *error: object) -> None:
        task_connection.reset(self._before)
        await self._acquired.__aexit__(*error)

    def fetch(self, sql: str, values: Sequence[object]) -> Awaitable[Rows]:
        return _fetch(self._connection, sql, values)

    def transaction(self) -> Any:
        return self._connection.transaction()


class _TransactionClient(TransactionWrapper):
    async def fetch(self, sql: str, values: Sequence[object]) -> Rows:
        async with self.acquire_connection() as connection:
            return await _fetch(connection, sql, values)


class PostgresDatabaseClient(AsyncpgDBClient):
    connection_class = PooledConnection

    async def create_pool(self, **options: Any) -> Any:
        del options["host"], options["port"]  # Tortoise has one of each, and `hosts` has all
        return await create_pool(**options)

    @property
    def pool(self) -> Any:
        """Asyncpg's pool; None before the first connection."""
        return self._pool

    async def fetch(self, sql: str, values: Sequence[object]) -> Rows:
        async with self.acquire_connection() as connection:
            return await _fetch(connection, sql, values)

    def held_connection(self) -> _TaskConnection:
        """Runs each `fetch` of the block on one connection."""
        return _TaskConnection(self)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Runs each `fetch` of the block in one transaction."""
        async with self.held_connection() as own, own.transaction():
            yield

    def acquire_connection(self) -> Any:
        _check_that_none_is_held()
        return _Pooled(self, self._pool_init_lock)

    def _in_transaction(self) -> Any:
        _check_that_none_is_held()
        return PostgresTransaction(_TransactionClient(self), self._pool_init_lock)

    async def _close(self) -> None:
        if self._pool is not None:
            try:
                async with asyncio.timeout(_CLOSE_TIMEOUT):
                    await self._pool.close()
            except TimeoutError:
                self._pool.terminate()
            self._pool = None


def _check_that_none_is_held() -> None:
    # A second connection would be outside the transaction, and waiting for it could be endless.
    if task_connection.get() is not None:
        raise RuntimeError("this task holds a connection: nothing but fetch may be used")


client_class = PostgresDatabaseClient
