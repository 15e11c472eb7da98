"""`connectx sessions`: ends sessions."""

from typing import Annotated
from uuid import UUID

import typer

from accounts.operator import sessions
from server.cli.connection import run_async
from server.cli.output import AsJson, print_json
from server.cli.shared import (
    Yes,
    ask,
    environment,
    identifier,
    operator,
    refuse,
    require_terminal_or_yes,
    user_named,
)

app = typer.Typer(
    help="End sessions. `connectx users sessions` lists them.\n\n"
    "Example: connectx sessions revoke --user ada@example.com",
    no_args_is_help=True,
)


@app.callback()
def _group() -> None:
    # Without a callback, Typer merges a group that has a single command into that command.
    pass


@app.command()
def revoke(
    session: Annotated[
        UUID | None, typer.Argument(parser=identifier, metavar="ID", help="The session.")
    ] = None,
    *,
    user: Annotated[
        str | None, typer.Option(metavar="EMAIL|ID", help="All sessions of this user.")
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="All sessions of all users. Asks first.")
    ] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """End one session, all sessions of a user, or all sessions.

    Example: connectx sessions revoke --user ada@example.com
    """
    if (session is not None) + (user is not None) + everybody != 1:
        raise typer.BadParameter("takes one of: ID, --user, --all")
    if everybody:
        require_terminal_or_yes(yes=yes)
        ask("End the sessions of all users?", yes=yes)
    revoked = run_async(_revoke(session, user))
    if as_json:
        print_json({"revoked": revoked})
    else:
        typer.echo(f"{revoked} session{'' if revoked == 1 else 's'} revoked.")


async def _revoke(session: UUID | None, named: str | None) -> int:
    async with environment() as env:
        if named is not None:
            user = await user_named(named)
            return await sessions.revoke_of_user(user=user, actor=operator(), env=env)
        if session is None:
            return await sessions.revoke_all(actor=operator(), env=env)
        if not await sessions.revoke(session_id=session, actor=operator(), env=env):
            refuse(f"There is no session {session}, or it has ended.")
        return 1
