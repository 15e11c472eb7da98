"""`connectx db`: the database's schema."""

import typer

from models import schema
from server.cli.running import reach_database, run
from server.settings import Settings

app = typer.Typer(help="The database's schema.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    # Typer would make a single command of a group that has one.
    pass


@app.command()
def upgrade() -> None:
    """Bring the database to the schema of this release. Nothing to do is fine."""
    applied = run(_upgrade(Settings.read()))
    for name in applied:
        typer.echo(f"applied {name}")
    if not applied:
        typer.echo("The schema is up to date.")


async def _upgrade(settings: Settings) -> list[str]:
    async with reach_database(settings):
        return await schema.upgrade(settings.database)
