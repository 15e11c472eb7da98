"""Recognises a pooler, such as PgBouncer, between this process and PostgreSQL."""

from dataclasses import dataclass
from typing import Any

import asyncpg

from models.configuration import Pool
from models.sql.connect import connect
from models.sql.database import connection

_PID = "SELECT pg_backend_pid()"
_LOST = (asyncpg.InvalidSQLStatementNameError, asyncpg.DuplicatePreparedStatementError)
"""A statement was prepared on another connection, or somebody else prepared one on this."""

_STATEMENT_TIMEOUT = 2.0
"""Seconds for a statement that the pooler may have no server for."""


@dataclass(frozen=True)
class Pooler:
    by_transaction: bool
    """Whether two transactions of a session may run on two connections of the server."""
    keeps_statements: bool
    """Whether a prepared statement can be executed in a later transaction."""


async def is_pooled() -> bool:
    """Whether the connected PostgreSQL database is behind a pooler."""
    client: Any = connection()
    async with client.acquire_connection() as asyncpg_connection:
        return await leads_to_pooler(asyncpg_connection)


async def leads_to_pooler(asyncpg_connection: Any) -> bool:
    """Whether an asyncpg connection leads to a pooler.

    A server tells each new connection its process id. A pooler makes a number up, as it has several
    servers, and needs it only to know whose statement is cancelled.
    """
    try:
        return bool(await asyncpg_connection.fetchval(_PID) != asyncpg_connection.get_server_pid())
    except _LOST:
        return True


async def find_pooler(url: str, pool: Pool) -> Pooler:
    """Finds out with two connections of its own how the pooler at `url` shares connections."""
    first = await connect(url, pool)
    try:
        second = await connect(url, pool)
        try:
            return await _compare(first, second)
        finally:
            second.terminate()
    finally:
        first.terminate()


async def _compare(first: Any, second: Any) -> Pooler:
    try:
        statement = await first.prepare(_PID)
        before = await statement.fetchval()
        # A pooler gives out the connection that it got back last, so this takes the one of `first`.
        async with second.transaction():
            if await second.fetchval(_PID) != before:
                return Pooler(by_transaction=False, keeps_statements=True)
            await statement.fetchval(timeout=_STATEMENT_TIMEOUT)
    except _LOST:
        return Pooler(by_transaction=True, keeps_statements=False)
    except TimeoutError:
        pass  # the pooler has one connection to the server, which keeps its statements
    return Pooler(by_transaction=True, keeps_statements=True)
