"""`connectx audiences`: the services that service tokens may be issued for."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from accounts.operator import audiences
from accounts.operator.audiences import AudienceCreated, AudienceExists, CreateAudienceOutcome
from accounts.problems import InvalidAudience
from accounts.service_tokens.claims import MAX_TEMPLATE, TemplateError
from models import Audience
from server.cli.connection import run_async
from server.cli.output import AsJson, print_json, print_rows
from server.cli.shared import environment, operator, refuse

app = typer.Typer(
    help="Services that service tokens may be issued for: docs/services.md.\n\n"
    "Example: connectx audiences create orders --claims hasura.json",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The service's name, or its URL.")]


def _template(typed: str) -> Any:
    try:
        text = Path(typed).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise typer.BadParameter(f"{typed} cannot be read: {reason}") from None
    if len(text) > MAX_TEMPLATE:
        raise typer.BadParameter(f"takes at most {MAX_TEMPLATE:,} characters")
    try:
        return json.loads(text)
    except ValueError as error:
        raise typer.BadParameter(f"{typed} is no JSON: {error}") from None


@app.command()
def create(
    name: Name,
    claims: Annotated[
        Any,
        typer.Option(
            parser=_template,
            metavar="FILE",
            help="A JSON file: a template of more claims, under names that are URLs.",
        ),
    ] = None,
    *,
    email: Annotated[
        bool, typer.Option("--email", help="Its tokens have the person's address.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Create an audience. The first one makes the first signing key as well.

    Example: connectx audiences create orders --claims hasura.json
    """
    try:
        outcome = run_async(_create(name, {} if claims is None else claims, has_email=email))
    except TemplateError as error:
        raise typer.BadParameter(str(error), param_hint="--claims") from None
    match outcome:
        case AudienceCreated(audience) if as_json:
            print_json(_document(audience))
        case AudienceCreated():
            typer.echo(f"Tokens may be issued for {name}.")
        case AudienceExists():
            refuse(f"There is an audience {name} already. `connectx audiences delete` deletes it.")
        case InvalidAudience(message):
            raise typer.BadParameter(str(message))


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """List all audiences.

    Example: connectx audiences list
    """
    found = [_document(audience) for audience in run_async(_every())]
    if as_json:
        print_json(found)
        return
    rows = [{**each, "claims": ", ".join(each["claims"])} for each in found]
    columns = {"name": "name", "claims": "claims", "email": "email", "createdAt": "created"}
    print_rows(rows, columns=columns)


@app.command()
def delete(name: Name, *, as_json: AsJson = False) -> None:
    """Delete an audience. Tokens that were issued for it end within five minutes.

    Example: connectx audiences delete orders
    """
    if not run_async(_delete(name)):
        refuse(f"There is no audience {name}. `connectx audiences list` lists them.")
    if as_json:
        print_json({"deleted": name})
    else:
        typer.echo(f"No more tokens are issued for {name}.")


async def _create(name: str, template: Any, *, has_email: bool) -> CreateAudienceOutcome:
    async with environment() as env:
        return await audiences.create(
            name=name, template=template, has_email=has_email, actor=operator(), env=env
        )


async def _every() -> list[Audience]:
    async with environment():
        return await audiences.every()


async def _delete(name: str) -> bool:
    async with environment() as env:
        return await audiences.delete(name=name, actor=operator(), env=env)


def _document(audience: Audience) -> dict[str, Any]:
    return {
        "id": str(audience.id),
        "name": audience.name,
        "claims": audience.claims,
        "email": audience.has_email,
        "createdAt": audience.created_at,
    }
