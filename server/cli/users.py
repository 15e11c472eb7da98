"""`connectx users`: lists and shows users. `user_changes` changes them."""

from typing import Annotated
from uuid import UUID

import typer

from accounts import tenants
from accounts.operator import sessions as sessions_
from accounts.operator import users
from accounts.operator.users import UserDetails, UserFilter
from models import Session, User
from server.cli import json_output
from server.cli.connection import current_database, run_async
from server.cli.output import AsJson, EntryLimit, cell, print_json, print_pairs, print_rows
from server.cli.shared import Named, environment, identifier, refuse_tenant, user_named
from server.settings import Settings

app = typer.Typer(
    help="Registered users.\n\nExample: connectx users show ada@example.com",
    no_args_is_help=True,
)


@app.command("list")
def list_(
    *,
    tenant: Annotated[
        UUID | None, typer.Option(parser=identifier, metavar="ID", help="Only this tenant's.")
    ] = None,
    role: Annotated[str | None, typer.Option(help="Only users with this role.")] = None,
    verified: Annotated[
        bool | None,
        typer.Option("--verified/--unverified", help="Only verified, or only unverified users."),
    ] = None,
    search: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A part of the address or the name.")
    ] = None,
    limit: EntryLimit = 50,
    as_json: AsJson = False,
) -> None:
    """List users, the last registered or imported first.

    Example: connectx users list --search lovelace --verified
    """
    wanted = UserFilter(tenant=tenant, role=role, is_verified=verified, text=search)
    found = [json_output.user(user) for user in run_async(_search(wanted, limit + 1))]
    if as_json:
        print_json(found[:limit])
        return
    print_rows(found[:limit], columns=_COLUMNS)
    if len(found) > limit:
        typer.echo(f"There are more than {limit}: --limit shows more of them.", err=True)


_COLUMNS = {
    "id": "id",
    "email": "email",
    "name": "name",
    "role": "role",
    "isVerified": "verified",
    "tenantId": "tenant",
    "createdAt": "created",
}


@app.command()
def show(user: Named, *, as_json: AsJson = False) -> None:
    """Show a user with their verification, sessions and mails.

    Example: connectx users show ada@example.com
    """
    found = json_output.user_details(run_async(_describe(user)))
    if as_json:
        print_json(found)
        return
    mails, verification = found.pop("mails"), found.pop("verification") or {}
    profile = "\n".join(f"{key}: {cell(value)}" for key, value in found["profile"].items())
    missing = ", ".join(found["missingProfileFields"])
    pairs = {**found, "profile": profile, "missingProfileFields": missing}
    pairs["codeEnds"] = verification.get("otpExpiresAt")
    print_pairs(found["email"], {**pairs, "linkEnds": verification.get("linkExpiresAt")})
    if mails:
        print_rows(mails, columns=MAIL_COLUMNS)


MAIL_COLUMNS = {
    "id": "mail",
    "letter": "letter",
    "recipient": "recipient",
    "state": "state",
    "attempts": "attempts",
    "createdAt": "created",
    "sentAt": "sent",
    "lastError": "last error",
}


@app.command()
def sessions(user: Named, *, as_json: AsJson = False) -> None:
    """List the open sessions of a user; `connectx sessions revoke` ends them.

    Example: connectx users sessions ada@example.com
    """
    found = [json_output.session(session) for session in run_async(_sessions(user))]
    if as_json:
        print_json(found)
        return
    print_rows(found, columns=_SESSION_COLUMNS)


_SESSION_COLUMNS = {
    "id": "id",
    "client": "client",
    "createdAt": "created",
    "lastUsedAt": "last used",
    "expiresAt": "expires",
}


async def _search(wanted: UserFilter, limit: int) -> list[User]:
    async with current_database(Settings.read()):
        if wanted.tenant is not None and await tenants.find(str(wanted.tenant)) is None:
            refuse_tenant(str(wanted.tenant))
        return await users.search(wanted, limit=limit)


async def _describe(named: str) -> UserDetails:
    async with environment() as env:
        return await users.describe(user=await user_named(named), env=env)


async def _sessions(named: str) -> list[Session]:
    async with environment() as env:
        return await sessions_.of_user(await user_named(named), env=env)
