"""`connectx db`: migrations and the sweep; and how commands connect to the database."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import typer
from tortoise.exceptions import OperationalError, TransactionManagementError

from accounts.sweep import Swept
from accounts.sweep import sweep as sweep_database
from models.configuration import Pool, dialect_of
from models.sql.database import connected
from models.upgrade import pending_migrations
from models.upgrade import upgrade as upgrade_schema
from server.clock import utc_now
from server.embedded_database import disk_problem, embedded_database, make_embedded_database
from server.pooler import check_pooler
from server.settings import Settings, SettingsError

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
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
    try:
        url = settings.direct_database if direct else settings.database
        async with connected(url, settings.pool):
            yield
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


_FOR_MIGRATIONS = Pool(timeout=24 * 3600.0)
"""Migrations of large tables may take long."""

app = typer.Typer(
    help="Upgrade and clean up the database.\n\nExample: connectx db upgrade",
    no_args_is_help=True,
)


@app.command()
def upgrade() -> None:
    """Upgrade the database to the schema of this release.

    Example: connectx db upgrade
    """
    applied = run(upgraded(Settings.read()))
    for name in applied:
        typer.echo(f"applied {name}")
    if not applied:
        typer.echo("The schema is up to date.")


@app.command()
def status() -> None:
    """List the pending migrations; the exit code is 1 if there are any.

    Example: connectx db status || connectx db upgrade
    """
    behind = run(_pending(Settings.read()))
    for name in behind:
        typer.echo(f"pending {name}")
    if behind:
        typer.echo("Run `connectx db upgrade` to apply them.")
        raise typer.Exit(1)
    typer.echo("The schema is up to date.")


@app.command()
def sweep() -> None:
    """Remove rows that are expired or too old, as servers do every hour.

    Example: connectx db sweep
    """
    typer.echo(f"removed {run(_sweep(Settings.read()))}")


async def upgraded(settings: Settings) -> list[str]:
    """Applies the pending migrations and returns their names."""
    async with reach_database(settings, make=True, direct=True):
        if settings.database_direct_url is None:
            await check_pooler(settings)
        return await upgrade_schema(settings.direct_database, _FOR_MIGRATIONS)


async def _pending(settings: Settings) -> list[str]:
    async with reach_database(settings):
        return await pending_migrations()


async def _sweep(settings: Settings) -> Swept:
    async with current_database(settings):
        return await sweep_database(
            now=utc_now(),
            audit_days=settings.audit_days,
            unverified_days=settings.unverified_days,
        )
