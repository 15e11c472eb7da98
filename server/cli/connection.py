"""How commands connect to the database, and run what is asynchronous."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import typer
from tortoise.exceptions import OperationalError, TransactionManagementError

from models.configuration import dialect_of
from models.postgres_url import parse_postgres_url
from models.sql.database import connected
from models.upgrade import pending_migrations
from models.upgrade import upgrade as upgrade_schema
from server.embedded_database import disk_problem, embedded_database, make_embedded_database
from server.pooler import check_pooler
from server.settings import Settings, SettingsError

T = TypeVar("T")


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Runs `work` in a new event loop and returns its result."""
    return asyncio.run(work)


@contextmanager
def interruptible() -> Iterator[None]:
    """Lets Ctrl-C interrupt a block that blocks on terminal input.

    asyncio's handler would only cancel the task, which notices that after the input has ended.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@asynccontextmanager
async def reach_database(
    settings: Settings, *, make: bool = False, direct: bool = False
) -> AsyncIterator[None]:
    """Connects to the database without checking its schema; `direct` goes past a pooler.

    Creates a missing SQLite file if `make` is set. Otherwise it raises SettingsError, because an
    empty database would look as if nobody had registered.
    """
    path = embedded_database(settings)
    if path is not None and not path.exists():
        if not make:
            raise SettingsError(
                f"There is no database at {path}. CONNECTX_DATA_DIR or CONNECTX_DATABASE_URL says "
                "where it is; `connectx db upgrade` makes a new one."
            )
        make_embedded_database(path, settings)
        typer.echo(f"A new database: {path}", err=True)
    url = settings.direct_database if direct else settings.database
    try:
        async with connected(url, settings.pool):
            yield
    except TimeoutError as error:
        if path is not None or str(error):
            raise
        hosts = ", ".join(map(str, parse_postgres_url(url).hosts))
        raise TimeoutError(f"{hosts} did not answer in time") from error
    except (OperationalError, TransactionManagementError, sqlite3.Error) as error:
        if path is None:
            raise
        problem = disk_problem(path)
        why = f"{error} ({problem})" if problem else str(error)
        raise SettingsError(f"{path} cannot be used: {why}.") from None


@asynccontextmanager
async def current_database(settings: Settings, *, make: bool = False) -> AsyncIterator[None]:
    """Connects to the database and ensures this release's schema: it upgrades SQLite.

    Raises SettingsError if the schema of PostgreSQL is behind.
    """
    async with reach_database(settings, make=make):
        await check_pooler(settings)
        if dialect_of(settings.database) == "sqlite":
            await upgrade_schema(settings.database)
        elif await pending_migrations():
            raise SettingsError("The database's schema is behind: run `connectx db upgrade` first.")
        yield
