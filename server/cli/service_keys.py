"""`connectx service-keys`: keys by which other services ask this server."""

import re
from datetime import timedelta
from typing import Annotated, Any

import typer

from accounts.operator import service_keys
from accounts.operator.service_keys import (
    CreateServiceKeyOutcome,
    ServiceKeyCreated,
    ServiceKeyNameTaken,
)
from accounts.problems import InvalidName
from accounts.services.service_keys import Scope
from models import ServiceKey
from server.cli.connection import run_async
from server.cli.output import AsJson, print_json, print_rows
from server.cli.shared import environment, operator, refuse
from server.clock import utc_now

app = typer.Typer(
    help="Keys by which other services ask this server: docs/services.md.\n\n"
    "Example: connectx service-keys create orders --scope introspect --expires 90d",
    no_args_is_help=True,
)

_DAYS = 366
"""The most that a key lasts, so that none is forgotten for ever."""


def _scopes(typed: str) -> list[Scope]:
    try:
        return [Scope(word.strip().lower()) for word in typed.split(",")]
    except ValueError:
        raise typer.BadParameter(f"takes some of {', '.join(Scope)}, with commas") from None


def _lifetime(typed: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,3})d", typed.strip())
    days = int(found[1]) if found else 0
    if not 1 <= days <= _DAYS:
        raise typer.BadParameter(f"takes days, from 1d to {_DAYS}d")
    return timedelta(days=days)


Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the service.")]


@app.command()
def create(
    name: Name,
    scope: Annotated[
        Any,
        typer.Option(
            parser=_scopes,
            metavar="SCOPES",
            help=f"One or more, separated by commas: {', '.join(Scope)}.",
        ),
    ],
    expires: Annotated[
        Any,
        typer.Option(
            parser=_lifetime,
            metavar="DAYS",
            help=f"How many days the key is valid, from 1d to {_DAYS}d.",
        ),
    ] = "90d",
    *,
    as_json: AsJson = False,
) -> None:
    """Create a key and print it. It is shown only now.

    Example: connectx service-keys create orders --scope introspect --expires 90d
    """
    match run_async(_create(name, scope, expires)):
        case ServiceKeyCreated(key, secret) if as_json:
            print_json({**_document(key), "key": secret})
        case ServiceKeyCreated(secret=secret):
            typer.echo(secret)
        case ServiceKeyNameTaken():
            refuse(f"There is a key {name} already. `connectx service-keys revoke` removes it.")
        case InvalidName(message):
            raise typer.BadParameter(str(message))


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """List all keys, with their last use and their end.

    Example: connectx service-keys list
    """
    found = [_document(key) for key in run_async(_every())]
    if as_json:
        print_json(found)
        return
    rows = [{**key, "scopes": ", ".join(key["scopes"])} for key in found]
    columns = {
        "name": "name",
        "scopes": "scopes",
        "createdAt": "created",
        "lastUsedAt": "last used",
        "expiresAt": "ends",
        "expired": "expired",
    }
    print_rows(rows, columns=columns)


@app.command()
def revoke(name: Name, *, as_json: AsJson = False) -> None:
    """Remove a key. No request has it any more.

    Example: connectx service-keys revoke orders
    """
    if not run_async(_revoke(name)):
        refuse(f"There is no key {name}. `connectx service-keys list` lists them.")
    if as_json:
        print_json({"revoked": name})
    else:
        typer.echo(f"The key {name} is revoked.")


async def _create(name: str, scopes: list[Scope], lasts: timedelta) -> CreateServiceKeyOutcome:
    async with environment() as env:
        return await service_keys.create(
            name=name, scopes=scopes, lasts=lasts, actor=operator(), env=env
        )


async def _every() -> list[ServiceKey]:
    async with environment():
        return await service_keys.every()


async def _revoke(name: str) -> bool:
    async with environment() as env:
        return await service_keys.revoke(name=name, actor=operator(), env=env)


def _document(key: ServiceKey) -> dict[str, Any]:
    return {
        "id": str(key.id),
        "name": key.name,
        "scopes": key.scopes,
        "createdAt": key.created_at,
        "lastUsedAt": key.last_used_at,
        "expiresAt": key.expires_at,
        "expired": key.expires_at <= utc_now(),
    }
