"""Applies pending migrations to the database, and lists them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tortoise.context import TortoiseContext

from models import in_memory
from models.configuration import IN_MEMORY, Dialect, Pool, dialect_of, tortoise_config
from models.sql.database import connection, dialect, fetch

if TYPE_CHECKING:
    from aerich import Command

_LOCK = 0x636F6E6E65637478
"""The key of the advisory lock: "connectx" in ASCII."""

_TRY_LOCK = "SELECT pg_try_advisory_xact_lock($1)"

# The transaction only holds the lock, for as long as a migration takes.
_NO_TIMEOUTS = """
SELECT set_config(name, '0', true) FROM pg_settings
WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')
"""

_IS_MIGRATED: dict[Dialect, str] = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'aerich'",
    "postgres": "SELECT 1 WHERE to_regclass('aerich') IS NOT NULL",
}
"""A row if a migration was ever applied: aerich has a table of them."""

_PACKAGE = Path(__file__).parent


def migrations(of: Dialect) -> Path:
    return _PACKAGE / "migrations" / of


def migrated_config(url: str, pool: Pool = Pool()) -> dict[str, Any]:
    """Tortoise's configuration with aerich's own table, which only migrations write to."""
    config = tortoise_config(url, pool)
    config["apps"]["models"]["models"] += ["aerich.models"]
    return config


def command(url: str) -> "Command":
    """The aerich command for this project's migrations, which differ by dialect."""
    from aerich import Command  # slow to import, and only needed to change a schema

    # aerich appends the app's name to a location that does not contain it; the app is `models`.
    location = _PACKAGE.parent / "{app}" / "migrations" / dialect_of(url)
    return Command(migrated_config(url), app="models", location=str(location))


async def upgrade(url: str, pool: Pool = Pool()) -> list[str]:
    """Applies pending migrations, and returns their names.

    Any number of nodes may call it at once: one applies the migrations, and the others find nothing
    to do. A migration takes as long as it needs, so use a pool with a sufficient timeout.
    """
    if not await pending_migrations():
        return []
    if url == IN_MEMORY:
        return await in_memory.make_schema(await pending_migrations())
    from aerich.migrate import Migrate

    async with _upgrade_lock(), TortoiseContext() as context:
        await context.init(migrated_config(url, pool))
        aerich = command(url)
        Migrate.migrate_location = migrations(dialect_of(url))
        return await aerich.upgrade(run_in_transaction=True)


@asynccontextmanager
async def _upgrade_lock() -> AsyncIterator[None]:
    """Holds the advisory lock of upgrades while the block runs.

    It is a transaction's lock: behind a pooler, a session has no connection of its own.
    """
    if dialect() == "sqlite":
        yield  # only one process uses the database
        return
    async with connection().acquire_connection() as held, held.transaction():
        await held.fetch(_NO_TIMEOUTS)
        # Polled, because a statement that waits for the lock would run into its timeout.
        while not await held.fetchval(_TRY_LOCK, _LOCK):  # noqa: ASYNC110 - held elsewhere
            await asyncio.sleep(0.1)
        yield


async def pending_migrations() -> list[str]:
    """The migrations of this release that the connected database does not have."""
    known = sorted(
        (path.name for path in migrations(dialect()).glob("[0-9]*_*.py")),
        key=lambda name: int(name.split("_", 1)[0]),
    )
    migrated = await fetch(_IS_MIGRATED[dialect()])  # a new database has no such table yet
    rows = await fetch("SELECT version FROM aerich") if migrated else []
    applied = {row["version"] for row in rows}
    return [name for name in known if name not in applied]
