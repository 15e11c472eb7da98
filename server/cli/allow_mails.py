"""`connectx users allow-mails`: ends what the link "I did not register" began."""

from typing import Annotated

import typer

from accounts.operator.allow_mails import allow_mails_by_operator
from server.cli.connection import run_async
from server.cli.output import AsJson, print_json
from server.cli.shared import address, environment, operator


def allow_mails(
    email: Annotated[str, typer.Argument(parser=address, metavar="EMAIL", help="The address.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Let an address get mails again after somebody has disowned a registration with it.

    Example: connectx users allow-mails ada@example.com
    """
    changed = run_async(_allow_mails(email))
    if as_json:
        print_json({"changed": changed, "email": email})
    else:
        typer.echo(f"{email} gets mails again." if changed else f"{email} gets mails already.")


async def _allow_mails(email: str) -> bool:
    async with environment() as env:
        return await allow_mails_by_operator(address=email, actor=operator(), env=env)
