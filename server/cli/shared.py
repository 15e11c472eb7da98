"""Shared by the operator commands: finding users, refusals, confirmations and the actor.

Exit codes: 0 success, 1 not found or not possible in its current state, 2 invalid command.
"""

import os
import pwd
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Annotated, NoReturn, TypeVar
from uuid import UUID

import typer

from accounts.addresses import MalformedAddressError, canonical
from accounts.audit import API
from accounts.environment import Environment
from accounts.operator import users
from models import User
from server.cli.connection import current_database, interruptible
from server.settings import Settings

T = TypeVar("T", bound=StrEnum)

Named = Annotated[str, typer.Argument(metavar="EMAIL|ID", help="The user's email address or id.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


def identifier(typed: str) -> UUID:
    """Parses the id of a mail, a session or a tenant."""
    try:
        return UUID(typed)
    except ValueError:
        raise typer.BadParameter(f"{typed} is not an id; ids look like {_EXAMPLE_ID}") from None


def address(typed: str) -> str:
    """Parses an email address, which need not be that of a user."""
    try:
        return canonical(typed)
    except MalformedAddressError as error:
        raise typer.BadParameter(str(error)) from None


def one_of(kinds: type[T]) -> Callable[[str], T]:
    """A parser of an option that takes a member of an enumeration."""

    def parse(typed: str) -> T:
        try:
            return kinds(typed.strip().lower())
        except ValueError:
            raise typer.BadParameter(f"takes one of {', '.join(kinds)}") from None

    return parse


_EXAMPLE_ID = "019c1f5e-7b1a-7c3e-9d5f-2b8e4a6c0d1f"


@asynccontextmanager
async def environment() -> AsyncIterator[Environment]:
    """The environment of the operations, connected to the database of the settings."""
    from server.composition import operator_environment

    settings = Settings.read()
    async with current_database(settings):
        yield operator_environment(settings)


async def user_named(named: str) -> User:
    """The user with this email address or id; ends the command if there is none."""
    try:
        user = await users.find(named)
    except ValueError as error:
        raise typer.BadParameter(f"{named!r}: {error}") from None
    return user or refuse_user(named)


def refuse_user(named: str) -> NoReturn:
    refuse(f"There is no user {named}. `connectx users list` lists them.")


def refuse_tenant(tenant_id: str) -> NoReturn:
    refuse(f"There is no tenant {tenant_id}. `connectx tenants list` lists them.")


def refuse(message: str) -> NoReturn:
    """Prints the message and ends the command with exit code 1."""
    typer.echo(message, err=True)
    raise typer.Exit(1)


def require_terminal_or_yes(*, yes: bool) -> None:
    """Ends the command with exit code 2 if it has to ask, but stdin is not a terminal."""
    if not yes and not sys.stdin.isatty():
        typer.echo("This command asks for confirmation. Without a terminal, add --yes.", err=True)
        raise typer.Exit(2)


def ask(question: str, *, yes: bool) -> None:
    """Asks for confirmation unless `yes`; ends the command with exit code 1 if denied."""
    if yes:
        return
    with interruptible():
        sure = typer.confirm(question, err=True)
    if not sure:
        refuse("Nothing was changed.")


def operator() -> str:
    """The system user who runs the command: the login, or `uid 1000` if it has no name.

    The environment is not used, because users can change it.
    """
    uid = os.getuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
    return f"uid {uid}" if name == API else name
