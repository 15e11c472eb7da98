"""`connectx users`: the people who registered."""

from typing import Annotated

import typer

from accounts import guesses
from accounts.addresses import MalformedAddressError, canonical
from models import User
from server.cli import transfer
from server.cli.running import current_database, run
from server.settings import Settings

app = typer.Typer(help="The people who registered.", no_args_is_help=True)
app.command("import")(transfer.import_)
app.command()(transfer.export)


@app.callback()
def _group() -> None:
    # Typer would make a single command of a group that has one.
    pass


@app.command()
def unlock(email: Annotated[str, typer.Argument(help="The account's email address.")]) -> None:
    """Let an account be verified again after too many wrong codes."""
    try:
        address = canonical(email)
    except MalformedAddressError as error:
        raise typer.BadParameter(str(error)) from None
    if not run(_unlock(address, Settings.read())):
        typer.echo(f"Nobody has registered {address}.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{address} may be verified again.")


async def _unlock(address: str, settings: Settings) -> bool:
    from server.composition import compose_parts

    env = compose_parts(settings, public_url="").environment
    async with current_database(settings):
        user = await User.get_or_none(email=address)
        if user is None:
            return False
        address_hash = env.keys.address_hash(address)
        keys = guesses.Keys.of(address_hash, verification_id=user.verification_id)
        await guesses.forget(keys, env=env)
        return True
