"""How the process reaches its database, in either dialect."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from typing import Any, overload
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext, require_context
from tortoise.transactions import in_transaction

from models.configuration import Dialect, Pool, tortoise_config


@asynccontextmanager
async def connected(url: str, pool: Pool = Pool()) -> AsyncIterator[TortoiseContext]:
    """The models, usable from every task of this process while the block runs."""
    async with TortoiseContext() as context:
        await context.init(tortoise_config(url, pool), _enable_global_fallback=True)
        yield context


def connection() -> BaseDBAsyncClient:
    """The connection of the running task: its transaction's, where it is in one."""
    return require_context().db()


def dialect() -> Dialect:
    return "sqlite" if connection().capabilities.dialect == "sqlite" else "postgres"


async def fetch(sql: str, *values: object) -> Sequence[Mapping[str, Any]]:
    """Rows of one statement, written with PostgreSQL's `$1` placeholders for both dialects.

    For statements that the ORM cannot say, such as an upsert that returns its count, and for those
    that every request runs: the ORM writes its SQL anew each time.
    """
    client: Any = connection()
    if client.capabilities.dialect != "sqlite":
        rows: Sequence[Mapping[str, Any]] = await client.fetch(sql, values)
        return rows
    return await connection().execute_query_dict(
        _sqlite_placeholders(sql), [_sqlite_value(value) for value in values]
    )


@asynccontextmanager
async def one_session() -> AsyncIterator[None]:
    """Each `fetch` of the block goes over the same PostgreSQL connection, taken from the pool once.

    Never around the ORM, which would take a connection of its own: requests that each hold one and
    wait for another would wait for one another. It raises RuntimeError instead.
    """
    client: Any = connection()
    if client.capabilities.dialect == "sqlite":
        yield
        return
    async with client.session():
        yield


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Each `fetch` of the block is done, or none is: an exception rolls all of them back.

    Over the connection of `one_session`, where there is one. For `fetch` and what is made of it;
    the ORM has Tortoise's `in_transaction`, which takes 0.04 ms more.
    """
    client: Any = connection()
    async with in_transaction() if dialect() == "sqlite" else client.transaction():
        yield


def as_uuid(value: UUID | str) -> UUID:
    """A fetched UUID, which SQLite gives as text."""
    return value if isinstance(value, UUID) else UUID(value)


@overload
def as_moment(value: datetime | str) -> datetime: ...
@overload
def as_moment(value: None) -> None: ...
def as_moment(value: datetime | str | None) -> datetime | None:
    """A fetched moment, which SQLite gives as text."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


@cache
def _sqlite_placeholders(sql: str) -> str:
    return re.sub(r"\$(\d+)", r"?\1", sql)


def _sqlite_value(value: object) -> object:
    return str(value) if isinstance(value, UUID | datetime) else value
