"""`connectx db`: the database's schema, and what it need not keep."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import typer

from accounts.sweep import Swept
from accounts.sweep import sweep as sweep_database
from models.configuration import Pool, dialect_of
from models.sql.database import connected
from models.upgrade import pending
from models.upgrade import upgrade as upgrade_schema
from server.clock import utc_now
from server.secret_key import embedded_database, make_embedded_database
from server.settings import Settings, SettingsError

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, in an event loop of its own."""
    return asyncio.run(work)


@contextmanager
def interruptible() -> Iterator[None]:
    """For a block that waits for a person: Ctrl-C ends it at once.

    asyncio would only cancel its task, which hears of that when they have answered.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@asynccontextmanager
async def reach_database(settings: Settings, *, make: bool = False) -> AsyncIterator[None]:
    """The database, whatever its schema.

    An embedded one that is not there is made if the command may be the first. To any other, an
    empty one would only look as if nobody had registered: SettingsError.
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
    async with connected(settings.database, settings.pool):
        yield


@asynccontextmanager
async def current_database(settings: Settings, *, make: bool = False) -> AsyncIterator[None]:
    """The database with this release's schema: the embedded one is upgraded on the way.

    Raises SettingsError for another one that is behind, and says which command mends it.
    """
    async with reach_database(settings, make=make):
        if dialect_of(settings.database) == "sqlite":
            await upgrade_schema(settings.database)
        elif await pending():
            raise SettingsError("The database's schema is behind: run `connectx db upgrade` first.")
        yield


_LONG = Pool(timeout=24 * 3600.0)
"""A migration of a large table takes as long as it takes."""

app = typer.Typer(help="The database's schema, and what it need not keep.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Bring the database to the schema of this release. Nothing to do is fine."""
    applied = run(upgraded(Settings.read()))
    for name in applied:
        typer.echo(f"applied {name}")
    if not applied:
        typer.echo("The schema is up to date.")


@app.command()
def status() -> None:
    """Tell which migrations are pending. Exits with 1 if there are any."""
    behind = run(_pending(Settings.read()))
    for name in behind:
        typer.echo(f"pending {name}")
    if behind:
        typer.echo("Run `connectx db upgrade` to apply them.")
        raise typer.Exit(1)
    typer.echo("The schema is up to date.")


@app.command()
def sweep() -> None:
    """Remove what has ended: sessions, verifications, sent mails. Servers do it hourly."""
    typer.echo(f"removed {run(_sweep(Settings.read()))}")


async def upgraded(settings: Settings) -> list[str]:
    """The names of the migrations that it took to bring the schema up to date."""
    async with reach_database(settings, make=True):
        return await upgrade_schema(settings.database, _LONG)


async def _pending(settings: Settings) -> list[str]:
    async with reach_database(settings):
        return await pending()


async def _sweep(settings: Settings) -> Swept:
    async with current_database(settings):
        return await sweep_database(
            now=utc_now(),
            audit_days=settings.audit_days,
            unverified_days=settings.unverified_days,
        )
