"""`connectx tenants`: creates and shows tenants. `tenant_changes` changes them."""

from collections.abc import Sequence
from typing import Annotated

import typer

from accounts import tenants
from accounts.operator import tenants as operator_tenants
from accounts.operator.letterheads import Letterhead
from accounts.policies.policy import Policy
from accounts.problems import InvalidEmail, InvalidName
from models import Tenant
from server.cli import json_output, tenant_changes
from server.cli.connection import current_database, run_async
from server.cli.output import AsJson, print_json, print_rows, print_table
from server.cli.policies import LABELS, chosen_policy, rows
from server.cli.shared import operator, refuse_tenant
from server.cli.tenant_changes import DisplayName, Id, ReplyTo, SenderName
from server.clock import utc_now
from server.settings import Settings

app = typer.Typer(
    help="Products or organisations with their own registration policy.\n\n"
    "Example: connectx tenants create 'Grace Church' --policy church",
    no_args_is_help=True,
)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="The tenant's name, which its mails show.")],
    policy: Annotated[str, typer.Option(help="A preset's name, or a TOML file's path.")],
    *,
    display_name: DisplayName = None,
    sender_name: SenderName = None,
    reply_to: ReplyTo = None,
    as_json: AsJson = False,
) -> None:
    """Create a tenant and print its UUID, which clients pass to `register(tenant:)`.

    Example: connectx tenants create 'Grace Church' --policy church
    """
    letterhead = Letterhead(display_name, sender_name, reply_to)
    tenant = run_async(_create(name, chosen_policy(policy), letterhead, Settings.read()))
    if as_json:
        print_json(json_output.tenant(tenant))
    else:
        typer.echo(tenant.id)


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """List all tenants, oldest first.

    Example: connectx tenants list
    """
    found = [json_output.tenant(tenant) for tenant in run_async(_all(Settings.read()))]
    if as_json:
        print_json(found)
        return
    print_rows(
        [{**tenant, "policy": tenant["policy"]["name"]} for tenant in found],
        columns={"id": "id", "name": "name", "policy": "policy", "createdAt": "created"},
    )


@app.command()
def show(
    tenant_id: Id,
    *,
    as_json: AsJson = False,
) -> None:
    """Show a tenant and its policy.

    Example: connectx tenants show 019c1f5e-7b1a-7c3e-9d5f-2b8e4a6c0d1f
    """
    tenant = run_async(_find(tenant_id, Settings.read())) or refuse_tenant(tenant_id)
    if as_json:
        print_json(json_output.tenant(tenant))
        return
    from rich.table import Table

    policy = tenants.policy_of(tenant)
    table = Table(title=tenant.name, show_header=False)
    table.add_row("id", str(tenant.id))
    table.add_row("policy", policy.name)
    for label, value in zip(LABELS, rows(policy), strict=True):
        table.add_row(label, value)
    for label, value in tenant_changes.letterhead_rows(tenant):
        table.add_row(label, value)
    print_table(table)


async def _create(name: str, policy: Policy, letterhead: Letterhead, settings: Settings) -> Tenant:
    async with current_database(settings, make=True):
        match await operator_tenants.create(
            name=name, policy=policy, letterhead=letterhead, actor=operator(), now=utc_now()
        ):
            case InvalidName(message) | InvalidEmail(message):
                raise typer.BadParameter(message)
            case Tenant() as tenant:
                return tenant


async def _all(settings: Settings) -> Sequence[Tenant]:
    async with current_database(settings):
        return await Tenant.all().order_by("created_at", "id")


async def _find(tenant_id: str, settings: Settings) -> Tenant | None:
    async with current_database(settings):
        return await tenants.find(tenant_id)
