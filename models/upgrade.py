"""Brings the database to the schema of the models, and tells whether it is there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError

from models.configuration import Dialect, Pool, dialect_of, tortoise_config
from models.sql.database import connection, dialect, fetch

if TYPE_CHECKING:
    from aerich import Command

_LOCK = 0x636F6E6E65637478
"""The advisory lock's number: "connectx" in ASCII."""

_TRY_LOCK = "SELECT pg_try_advisory_lock($1)"

_PACKAGE = Path(__file__).parent


def migrations(of: Dialect) -> Path:
    return _PACKAGE / "migrations" / of


def migrated_config(url: str, pool: Pool = Pool()) -> dict[str, Any]:
    """Tortoise's configuration with aerich's own table, which only migrations write to."""
    config = tortoise_config(url, pool)
    config["apps"]["models"]["models"] += ["aerich.models"]
    return config


def command(url: str) -> "Command":
    """Aerich for this project's folders, which differ by dialect."""
    from aerich import Command  # only where a schema is changed: it takes a tenth of a second

    # aerich appends the app's name to a location that does not contain it; the app is `models`.
    location = _PACKAGE.parent / "{app}" / "migrations" / dialect_of(url)
    return Command(migrated_config(url), app="models", location=str(location))


async def upgrade(url: str, pool: Pool = Pool()) -> list[str]:
    """Applies what is pending, and returns the names of the migrations that it applied.

    Any number of nodes may call it at once: one of them works, the others then have nothing to do.
    A migration may take as long as it needs, so give it a pool that has the time.
    """
    if not await pending():
        return []
    from aerich.migrate import Migrate

    async with _alone(), TortoiseContext() as context:
        await context.init(migrated_config(url, pool))
        aerich = command(url)
        Migrate.migrate_location = migrations(dialect_of(url))
        return await aerich.upgrade(run_in_transaction=True)


@asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    """Nobody else upgrades the same database while the block runs."""
    if dialect() == "sqlite":
        yield  # one process has it
        return
    async with connection().acquire_connection() as session:
        # Asked for again and again, as a statement that waits would run into its timeout.
        while not await session.fetchval(_TRY_LOCK, _LOCK):  # noqa: ASYNC110 - of other processes
            await asyncio.sleep(0.1)
        try:
            yield
        finally:
            await session.fetchval("SELECT pg_advisory_unlock($1)", _LOCK)


async def pending() -> list[str]:
    """The migrations that this release has and the connected database does not."""
    known = sorted(
        (path.name for path in migrations(dialect()).glob("[0-9]*_*.py")),
        key=lambda name: int(name.split("_", 1)[0]),
    )
    try:
        applied = {row["version"] for row in await fetch("SELECT version FROM aerich")}
    except OperationalError:
        applied = set()  # no table yet: a new database
    return [name for name in known if name not in applied]
