"""How Tortoise is told of a database, in either dialect."""

from dataclasses import dataclass
from pkgutil import iter_modules
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from models import tables

Dialect = Literal["sqlite", "postgres"]

_MODULES = [module.name for module in iter_modules(tables.__path__, f"{tables.__name__}.")]


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
    return {"engine": "models.sql.postgres", "credentials": credentials}
