"""The process's connection to its database, in either dialect."""

import re
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, Protocol, TypeAlias, overload
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext, require_context
from tortoise.transactions import in_transaction

from models.configuration import Dialect, Pool, tortoise_config


@asynccontextmanager
async def connected(url: str, pool: Pool = Pool()) -> AsyncIterator[TortoiseContext]:
    """Makes the models usable in every task of this process while the block runs."""
    async with TortoiseContext() as context:
        await context.init(tortoise_config(url, pool), _enable_global_fallback=True)
        yield context


def connection() -> BaseDBAsyncClient:
    """The connection of the current task: its transaction's, if it is in one."""
    return require_context().db()


def dialect() -> Dialect:
    if task_connection.get() is not None:
        return "postgres"
    return "sqlite" if connection().capabilities.dialect == "sqlite" else "postgres"


def skip_locked() -> str:
    """The end of a SELECT that locks its rows and leaves out those that others have locked.

    Empty for SQLite: it has one writer at a time, so an UPDATE is a lock by itself.
    """
    return "FOR UPDATE SKIP LOCKED" if dialect() == "postgres" else ""


Rows: TypeAlias = Sequence[Mapping[str, Any]]


class TaskConnection(Protocol):
    """A PostgreSQL connection that a task holds for more than one statement."""

    def fetch(self, sql: str, values: Sequence[object]) -> Awaitable[Rows]: ...

    def transaction(self) -> AbstractAsyncContextManager[object]: ...


task_connection: ContextVar[TaskConnection | None] = ContextVar("task_connection", default=None)
"""The connection that the current task holds. `fetch` then bypasses Tortoise."""


def fetch(sql: str, *values: object) -> Awaitable[Rows]:
    """The rows of one statement, with PostgreSQL's `$1` placeholders in both dialects.

    For statements that the ORM cannot express, such as an upsert that returns its count, and for
    statements of every request: the ORM generates its SQL again each time.
    """
    if (own := task_connection.get()) is not None:
        return own.fetch(sql, values)
    client: Any = connection()
    if client.capabilities.dialect == "sqlite":
        sql, given = _sqlite_placeholders(sql), [_sqlite_value(value) for value in values]
        rows: Awaitable[Rows] = client.execute_query_dict(sql, given)
    else:
        rows = client.fetch(sql, values)
    return rows


def one_connection() -> AbstractAsyncContextManager[object]:
    """Runs each `fetch` of the block on one PostgreSQL connection, taken from the pool once.

    Do not use the ORM in the block: it would take a second connection, and requests that each hold
    one while they wait for another would deadlock. It raises RuntimeError instead.
    """
    client: Any = connection()
    return nullcontext() if client.capabilities.dialect == "sqlite" else client.held_connection()


def transaction() -> AbstractAsyncContextManager[object]:
    """Runs each `fetch` of the block in one transaction. An exception rolls all of them back.

    It uses the connection of `one_connection` if there is one. It is for `fetch` and functions that
    use it; the ORM needs Tortoise's `in_transaction`, which is slower.
    """
    if (own := task_connection.get()) is not None:
        return own.transaction()
    client: Any = connection()
    return in_transaction() if dialect() == "sqlite" else client.transaction()


def as_uuid(value: UUID | str) -> UUID:
    """A fetched UUID. SQLite returns text."""
    return value if isinstance(value, UUID) else UUID(value)


@overload
def as_moment(value: datetime | str) -> datetime: ...
@overload
def as_moment(value: None) -> None: ...
def as_moment(value: datetime | str | None) -> datetime | None:
    """A fetched timestamp. SQLite returns text."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


@cache
def _sqlite_placeholders(sql: str) -> str:
    return re.sub(r"\$(\d+)", r"?\1", sql)


def _sqlite_value(value: object) -> object:
    return str(value) if isinstance(value, UUID | datetime) else value


class Statement(NamedTuple):
    """SQL and its values. `{0}` is the placeholder of the first value."""

    sql: str
    values: tuple[object, ...]


def run(statement: Statement) -> Awaitable[Rows]:
    """The rows of a single statement."""
    return fetch(numbered(statement.sql, len(statement.values)), *statement.values)


@cache
def numbered(sql: str, count: int, start: int = 1) -> str:
    """The SQL with its `count` placeholders numbered from `$start` on."""
    return sql.format(*(f"${number}" for number in range(start, start + count)))
