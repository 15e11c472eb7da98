"""`connectx tenants`: what changes them. Each change is kept in the audit table."""

from typing import Annotated, TypeAlias

import typer

from accounts import tenants
from accounts.operator import letterheads
from accounts.operator import tenants as operator_tenants
from accounts.operator.letterheads import Letterhead
from accounts.operator.tenants import Deleted, HasUsers, NoSuchTenant, PolicySet
from accounts.policies import Policy, load
from models import Tenant
from server.cli import json_output
from server.cli.db import current_database, run
from server.cli.operator import Yes, ask, check_sure, operator, refuse, refuse_tenant
from server.cli.output import AsJson, print_json
from server.clock import utc_now
from server.settings import Settings

Id = Annotated[str, typer.Argument(metavar="ID", help="Its UUID.")]


def set_policy(
    tenant_id: Id,
    *,
    policy: Annotated[str, typer.Option(help="A preset's name, or a TOML file's path.")],
    as_json: AsJson = False,
) -> None:
    """Give a tenant another policy, for registrations and mails from now on."""
    chosen = load(policy)
    strangers = run(_set_policy(tenant_id, chosen))
    if as_json:
        print_json({"id": tenant_id, "policy": chosen.name, "usersWithOtherRoles": strangers})
        return
    typer.echo(f"{tenant_id} has the policy {chosen.name}.")
    if strangers:
        they = "1 of its users has" if strangers == 1 else f"{strangers} of its users have"
        typer.echo(f"{they} a role that is not in it. Roles stay as they are.")


def delete(tenant_id: Id, *, yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete a tenant. Asks first, and is refused while it has users."""
    check_sure(yes=yes)
    run(_delete(tenant_id, yes=yes))
    if as_json:
        print_json({"id": tenant_id, "deleted": True})
    else:
        typer.echo(f"{tenant_id} is deleted.")


async def _set_policy(tenant_id: str, policy: Policy) -> int:
    async with current_database(Settings.read()):
        tenant = await tenant_with(tenant_id)
        match await operator_tenants.set_policy(
            tenant=tenant, policy=policy, actor=operator(), now=utc_now()
        ):
            case PolicySet(strangers):
                return strangers
            case NoSuchTenant():
                refuse_tenant(tenant_id)


async def _delete(tenant_id: str, *, yes: bool) -> None:
    async with current_database(Settings.read()):
        tenant = await tenant_with(tenant_id)
        ask(f"Delete {tenant.name}?", yes=yes)
        match await operator_tenants.delete(tenant=tenant, actor=operator(), now=utc_now()):
            case Deleted():
                return
            case HasUsers(count):
                has = "1 user" if count == 1 else f"{count} users"
                refuse(f"{tenant.name} has {has}, and is kept as long as it has any.")
            case NoSuchTenant():
                refuse_tenant(tenant_id)


async def tenant_with(tenant_id: str) -> Tenant:
    """The tenant with this id; the command ends where there is none."""
    return await tenants.find(tenant_id) or refuse_tenant(tenant_id)


DisplayName: TypeAlias = Annotated[
    str | None, typer.Option(help="What its mails call it, if not its name.")
]
SenderName: TypeAlias = Annotated[
    str | None, typer.Option(help="Whom its mails come from; the address stays CONNECTX_MAIL_FROM.")
]
ReplyTo: TypeAlias = Annotated[str | None, typer.Option(help="The address that answers go to.")]


def set_mail(
    tenant_id: Annotated[str, typer.Argument(metavar="ID", help="Its UUID.")],
    display_name: DisplayName = None,
    sender_name: SenderName = None,
    reply_to: ReplyTo = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Change how a tenant's mails present it. What is not named stays; '' takes it away."""
    letterhead = Letterhead(display_name, sender_name, reply_to)
    if letterhead == Letterhead():
        raise typer.BadParameter("takes one of --display-name, --sender-name, --reply-to, or more")
    changed = run(_change(tenant_id, letterhead))
    if as_json:
        print_json(json_output.tenant(changed))
    else:
        typer.echo(f"Mails of tenant {tenant_id} that leave from now on look like that.")


def letterhead_rows(tenant: Tenant) -> list[tuple[str, str]]:
    """A tenant's letterhead in words: a label and a cell each."""
    return [
        ("mails call it", tenant.display_name or tenant.name),
        ("mails come from", tenant.sender_name or "the deployment's sender"),
        ("answers go to", tenant.reply_to or "the deployment's sender"),
    ]


async def _change(tenant_id: str, typed: Letterhead) -> Tenant:
    async with current_database(Settings.read()):
        tenant = await tenants.find(tenant_id) or refuse_tenant(tenant_id)
        problem = await letterheads.change(
            tenant=tenant, typed=typed, actor=operator(), now=utc_now()
        )
        if problem is not None:
            raise typer.BadParameter(problem.message)
        return await tenants.find(tenant_id) or refuse_tenant(tenant_id)
