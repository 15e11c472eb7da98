"""How the process reaches its database, in either dialect."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, overload
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext, require_context

Dialect = Literal["sqlite", "postgres"]

_MODULES = [
    "models.audit_entry",
    "models.counter",
    "models.email_verification",
    "models.outgoing_mail",
    "models.session",
    "models.tenant",
    "models.user",
]


def dialect_of(url: str) -> Dialect:
    """Which of the two dialects a database URL speaks; ValueError names what is accepted."""
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return "sqlite"
    if scheme in {"postgres", "postgresql"}:
        return "postgres"
    raise ValueError("a database URL starts with sqlite:// or postgres://")


@dataclass(frozen=True)
class Pool:
    """How a process uses a PostgreSQL server. SQLite has one connection, and needs none of it."""

    smallest: int = 0
    largest: int = 10
    """Connections. Each worker has a pool of its own."""
    timeout: float = 5.0
    """Seconds to connect, and for each statement, after which the server gives it up."""


def tortoise_config(url: str, pool: Pool = Pool()) -> dict[str, Any]:
    """Tortoise's configuration for `url`: one connection, one app named `models`.

    Raises ValueError for a URL that cannot be used.
    """
    # Named for its dialect: Tortoise keeps the SQL that it has written by the connection's name.
    name = dialect_of(url)
    return {
        "connections": {name: _sqlite(url) if name == "sqlite" else _postgres(url, pool)},
        "apps": {"models": {"models": list(_MODULES), "default_connection": name}},
        "use_tz": True,
        "timezone": "UTC",
    }


def _sqlite(url: str) -> dict[str, Any]:
    # FULL: a commit that was answered survives a power cut as well, not only a killed process.
    path = unquote(url.removeprefix("sqlite://"))
    credentials = {"file_path": path, "synchronous": "FULL", "busy_timeout": 5000}
    return {"engine": "tortoise.backends.sqlite", "credentials": credentials}


def _postgres(url: str, pool: Pool) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    credentials: dict[str, Any] = {
        # A socket's folder comes as ?host=/run/postgresql, as in libpq's URLs.
        "host": options.pop("host", None) or parts.hostname or "localhost",
        "port": parts.port or 5432,
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "database": unquote(parts.path.lstrip("/")) or None,
        "minsize": pool.smallest,
        "maxsize": pool.largest,
        "timeout": pool.timeout,
        # A little longer than the server's own limit, which leaves the connection usable.
        "command_timeout": pool.timeout + 1,
        "server_settings": {
            "application_name": "connectx",
            "statement_timeout": str(int(pool.timeout * 1000)),
        },
        "ssl": options.pop("sslmode", None),
        # 0 for a pgbouncer that hands out connections by the transaction.
        "statement_cache_size": int(options.pop("statement_cache_size", "100")),
    }
    if options:
        raise ValueError(
            f"a database URL takes host, sslmode and statement_cache_size, not {min(options)}"
        )
    return {"engine": "models.postgres", "credentials": credentials}


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

    Never around a transaction, which takes a connection of its own: requests that each hold one
    and wait for another would wait for one another.
    """
    client: Any = connection()
    if client.capabilities.dialect == "sqlite":
        yield
        return
    async with client.session():
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
