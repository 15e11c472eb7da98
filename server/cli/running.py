"""Runs what a command has to do, on the database that the settings name."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from models.configuration import dialect_of
from models.database import connected
from models.schema import pending, upgrade
from server.data_folder import data_folder
from server.settings import Settings, SettingsError

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, in an event loop of its own."""
    return asyncio.run(work)


@asynccontextmanager
async def reach_database(settings: Settings) -> AsyncIterator[None]:
    """The database, whatever its schema; the folder of the embedded one is made if need be."""
    if dialect_of(settings.database) == "sqlite":
        data_folder(settings)
    async with connected(settings.database, settings.pool):
        yield


@asynccontextmanager
async def current_database(settings: Settings) -> AsyncIterator[None]:
    """The database with this release's schema: the embedded one is upgraded on the way.

    Raises SettingsError for another one that is behind, and says which command mends it.
    """
    async with reach_database(settings):
        if dialect_of(settings.database) == "sqlite":
            await upgrade(settings.database)
        elif await pending():
            raise SettingsError("The database's schema is behind: run `connectx db upgrade` first.")
        yield
