"""`connectx keys`: the keys that sign service tokens."""

from typing import Annotated, Any

import typer

from accounts.operator import signing_keys
from accounts.operator.signing_keys import (
    ListedKey,
    OnlySigningKey,
    RetireOutcome,
    RotateOutcome,
    SigningKeyNotFound,
    SigningKeyPending,
    SigningKeyRetired,
)
from accounts.service_tokens.signing_keys import Algorithm, is_readable
from server.cli.connection import run_async
from server.cli.output import AsJson, cell, print_json, print_rows
from server.cli.shared import environment, operator, refuse

app = typer.Typer(
    help="Keys that sign service tokens: docs/services.md.\n\nExample: connectx keys rotate",
    no_args_is_help=True,
)


def _algorithm(typed: str) -> Algorithm:
    for algorithm in Algorithm:
        if algorithm.lower() == typed.strip().lower():
            return algorithm
    raise typer.BadParameter(f"takes one of {', '.join(Algorithm)}")


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """List the published keys: the previous one, the one that signs, and the next one.

    Example: connectx keys list
    """
    found = run_async(_published())
    if as_json:
        print_json(found)
        return
    columns = {
        "kid": "key",
        "state": "state",
        "algorithm": "algorithm",
        "signsFrom": "signs from",
        "readable": "readable",
    }
    print_rows(found, columns=columns)


@app.command()
def rotate(
    algorithm: Annotated[
        Any,
        typer.Option(
            parser=_algorithm, metavar="ALGORITHM", help=f"One of: {', '.join(Algorithm)}."
        ),
    ] = "ES256",
    *,
    now: Annotated[
        bool,
        typer.Option(
            "--now", help="It signs at once. Services that keep old keys refuse its first tokens."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the next key. It is published ten minutes before it signs.

    Example: connectx keys rotate
    """
    match run_async(_rotate(algorithm, at_once=now)):
        case ListedKey(key) as listed if as_json:
            print_json(_document(listed, readable=True))
        case ListedKey(key):
            typer.echo(f"The key {key.kid} signs from {cell(key.signs_from)} on.")
        case SigningKeyPending(kid, signs_from):
            refuse(
                f"The key {kid} is the next one already, and signs from {cell(signs_from)} on. "
                "`--now` makes one that signs at once."
            )


@app.command()
def retire(
    kid: Annotated[str, typer.Argument(metavar="KEY", help="As `connectx keys list` shows it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Withdraw a key at once. Services that keep the keys accept its tokens for five minutes.

    Example: connectx keys retire NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs
    """
    match run_async(_retire(kid)):
        case SigningKeyRetired() if as_json:
            print_json({"retired": kid})
        case SigningKeyRetired():
            typer.echo(f"The key {kid} is withdrawn. Services keep it for up to five minutes.")
        case SigningKeyNotFound():
            refuse(f"There is no key {kid}. `connectx keys list` lists them.")
        case OnlySigningKey():
            refuse("It is the only key that signs. `connectx keys rotate --now` makes another one.")


async def _published() -> list[dict[str, Any]]:
    async with environment() as env:
        found = await signing_keys.published(now=env.clock())
        return [
            _document(listed, readable=is_readable(listed.key, keys=env.keys)) for listed in found
        ]


async def _rotate(algorithm: Algorithm, *, at_once: bool) -> RotateOutcome:
    async with environment() as env:
        return await signing_keys.rotate(
            algorithm=algorithm, at_once=at_once, actor=operator(), env=env
        )


async def _retire(kid: str) -> RetireOutcome:
    async with environment() as env:
        return await signing_keys.retire(kid=kid, actor=operator(), env=env)


def _document(listed: ListedKey, *, readable: bool) -> dict[str, Any]:
    key = listed.key
    return {
        "kid": key.kid,
        "state": str(listed.state),
        "algorithm": key.algorithm,
        "createdAt": key.created_at,
        "signsFrom": key.signs_from,
        "readable": readable,
    }
