"""`connectx db`: the database's schema, and what it need not keep."""

import typer

from accounts import housekeeping
from models import schema
from models.configuration import Pool
from server.cli.running import current_database, reach_database, run
from server.clock import utc_now
from server.settings import Settings

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
        return await schema.upgrade(settings.database, _LONG)


async def _pending(settings: Settings) -> list[str]:
    async with reach_database(settings):
        return await schema.pending()


async def _sweep(settings: Settings) -> housekeeping.Swept:
    async with current_database(settings):
        return await housekeeping.sweep(
            now=utc_now(),
            audit_days=settings.audit_days,
            unverified_days=settings.unverified_days,
        )
