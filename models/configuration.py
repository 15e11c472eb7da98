"""Tortoise's configuration for a database URL, in either dialect."""

from dataclasses import dataclass
from pkgutil import iter_modules
from typing import Any, Literal
from urllib.parse import unquote

from models import tables
from models.postgres_url import parse_postgres_url

Dialect = Literal["sqlite", "postgres"]

_MODULES = [module.name for module in iter_modules(tables.__path__, f"{tables.__name__}.")]

IN_MEMORY = "sqlite://:memory:"
"""The URL of a database that exists as long as its connection does."""

_LONGEST_CONNECT = 30.0
"""Seconds to connect at most: migrations have a pool whose timeout is a day."""


def dialect_of(url: str) -> Dialect:
    """The dialect of a database URL. Raises ValueError, which names the accepted schemes."""
    scheme = url.partition(":")[0].lower()
    if scheme == "sqlite":
        return "sqlite"
    if scheme in {"postgres", "postgresql"}:
        return "postgres"
    raise ValueError("a database URL starts with sqlite:// or postgres://")


@dataclass(frozen=True)
class Pool:
    """The connection pool of a process for PostgreSQL. SQLite has one connection and ignores it."""

    largest: int = 10
    """Connections. Each worker has its own pool."""
    timeout: float = 5.0
    """Seconds to connect, unless the URL has `connect_timeout`, and for each statement before the
    server cancels it."""


def tortoise_config(url: str, pool: Pool = Pool()) -> dict[str, Any]:
    """Tortoise's configuration for `url`: one connection, one app named `models`.

    Raises ValueError if the URL is not valid.
    """
    # Named after its dialect, because Tortoise caches generated SQL by the connection's name.
    name = dialect_of(url)
    return {
        "connections": {name: _sqlite(url) if name == "sqlite" else _postgres(url, pool)},
        "apps": {"models": {"models": list(_MODULES), "default_connection": name}},
        "use_tz": True,
        "timezone": "UTC",
    }


def _sqlite(url: str) -> dict[str, Any]:
    # FULL: a committed transaction survives a power cut, and not only a killed process.
    path = unquote(url.removeprefix("sqlite://"))
    credentials = {"file_path": path, "synchronous": "FULL", "busy_timeout": 5000}
    return {"engine": "models.sql.sqlite", "credentials": credentials}


def _postgres(url: str, pool: Pool) -> dict[str, Any]:
    """The options for models.sql.postgres; those of asyncpg.connect, `hosts` and the pool's."""
    chosen = parse_postgres_url(url)
    credentials: dict[str, Any] = {
        "hosts": chosen.hosts,
        "user": chosen.user,
        "password": chosen.password,
        "database": chosen.database,
        "dsn": chosen.tls,
        "target_session_attrs": chosen.sessions,
        "minsize": 0,
        "maxsize": pool.largest,
        "timeout": chosen.connect_timeout or min(pool.timeout, _LONGEST_CONNECT),
        # A little longer than the server's own timeout, which leaves the connection usable.
        "command_timeout": pool.timeout + 1,
        "server_settings": {
            "application_name": "connectx",
            "statement_timeout": str(int(pool.timeout * 1000)),
        },
        # 0 is for a PgBouncer in transaction pooling mode.
        "statement_cache_size": chosen.statement_cache_size,
    }
    return {"engine": "models.sql.postgres", "credentials": credentials}
