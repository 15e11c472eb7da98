"""`connectx tenants`: what changes them. Each change is kept in the audit table."""

from typing import Annotated

import typer

from accounts import tenants
from accounts.policies import Policy, load
from accounts.tenants import Deleted, HasUsers, NoSuchTenant, PolicySet
from models import Tenant
from server.cli.operating import Yes, ask, check_sure, operator, refuse, refuse_tenant
from server.cli.running import current_database, run
from server.cli.tables import AsJson, print_json
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
        match await tenants.set_policy(
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
        match await tenants.delete(tenant=tenant, actor=operator(), now=utc_now()):
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
