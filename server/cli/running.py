"""Runs what a command has to do, on the database that the settings name."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import typer

from models.configuration import dialect_of
from models.database import connected
from models.schema import pending, upgrade
from server.data_folder import embedded_database, make_embedded_database
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
            await upgrade(settings.database)
        elif await pending():
            raise SettingsError("The database's schema is behind: run `connectx db upgrade` first.")
        yield
