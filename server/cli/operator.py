"""What the commands that change something have in common: who does it, to whom, and are they sure.

Exit codes: 0 done, 1 there is no such thing or its state refuses, 2 the command cannot be run so.
"""

import os
import pwd
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, NoReturn
from uuid import UUID

import typer

from accounts.audit import API
from accounts.environment import Environment
from accounts.operator import users
from models import User
from server.cli.db import current_database, interruptible
from server.settings import Settings

Named = Annotated[str, typer.Argument(metavar="EMAIL|ID", help="The user's email address or id.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


def identifier(typed: str) -> UUID:
    """A mail's, a session's or a tenant's id."""
    try:
        return UUID(typed)
    except ValueError:
        raise typer.BadParameter(f"{typed} is no id, which looks like {_AN_ID}") from None


_AN_ID = "019c1f5e-7b1a-7c3e-9d5f-2b8e4a6c0d1f"


@asynccontextmanager
async def environment() -> AsyncIterator[Environment]:
    """What the operations need, on the database that the settings name."""
    from server.composition import compose_parts

    settings = Settings.read()
    async with current_database(settings):
        yield compose_parts(settings, public_url="").environment


async def user_named(named: str) -> User:
    """The user with this email address or id; the command ends where there is none."""
    try:
        user = await users.find(named)
    except ValueError as error:
        raise typer.BadParameter(f"{named}: {error}") from None
    return user or refuse_user(named)


def refuse_user(named: str) -> NoReturn:
    refuse(f"There is no user {named}. `connectx users list` lists them.")


def refuse_tenant(tenant_id: str) -> NoReturn:
    refuse(f"There is no tenant {tenant_id}. `connectx tenants list` lists them.")


def refuse(message: str) -> NoReturn:
    """Ends the command with 1: what it was asked for is not there, or not in a state for it."""
    typer.echo(message, err=True)
    raise typer.Exit(1)


def check_sure(*, yes: bool) -> None:
    """Ends the command with 2 where it would have to ask, and there is nobody to answer."""
    if not yes and not sys.stdin.isatty():
        typer.echo("This asks first. Where there is no terminal, add --yes.", err=True)
        raise typer.Exit(2)


def ask(question: str, *, yes: bool) -> None:
    """Ends the command with 1, unless `yes` or the answer is yes."""
    if yes:
        return
    with interruptible():
        sure = typer.confirm(question, err=True)
    if not sure:
        refuse("Nothing was changed.")


def operator() -> str:
    """The operating system's user who runs this: their login, or `uid 1000` where it has no name.

    Not from the environment, which anybody can set.
    """
    uid = os.getuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
    return f"uid {uid}" if name == API else name
