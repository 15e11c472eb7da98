"""`connectx db`: migrations and the sweep."""

import typer

from accounts.sweep import Swept
from accounts.sweep import sweep as sweep_database
from models.configuration import Pool
from models.upgrade import pending_migrations
from models.upgrade import upgrade as upgrade_schema
from server.cli.connection import current_database, reach_database, run_async
from server.clock import utc_now
from server.pooler import check_pooler
from server.settings import Settings

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
    applied = run_async(upgrade_database(Settings.read()))
    for name in applied:
        typer.echo(f"applied {name}")
    if not applied:
        typer.echo("The schema is up to date.")


@app.command()
def status() -> None:
    """List the pending migrations; the exit code is 1 if there are any.

    Example: connectx db status || connectx db upgrade
    """
    behind = run_async(_pending(Settings.read()))
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
    typer.echo(f"removed {run_async(_sweep(Settings.read()))}")


async def upgrade_database(settings: Settings) -> list[str]:
    """Applies the pending migrations and returns their names."""
    async with reach_database(settings, make=True, direct=True):
        if settings.database_direct_url is None:
            await check_pooler(settings)
        return await upgrade_schema(settings.direct_database, _FOR_MIGRATIONS)


async def _pending(settings: Settings) -> list[str]:
    async with reach_database(settings):
        await check_pooler(settings)
        return await pending_migrations()


async def _sweep(settings: Settings) -> Swept:
    async with current_database(settings):
        return await sweep_database(
            now=utc_now(),
            audit_days=settings.audit_days,
            unverified_days=settings.unverified_days,
        )
