"""`connectx tenants`: the commands that change tenants. The audit table records each change."""

from typing import Annotated, TypeAlias

import typer

from accounts import tenants
from accounts.operator import letterheads
from accounts.operator import tenants as operator_tenants
from accounts.operator.letterheads import Letterhead
from accounts.operator.tenants import PolicySet, TenantDeleted, TenantHasUsers
from accounts.policies.policy import Policy
from accounts.problems import InvalidEmail, InvalidName, TenantNotFound
from models import Tenant
from server.cli import json_output
from server.cli.connection import current_database, run_async
from server.cli.output import AsJson, print_json
from server.cli.policies import chosen_policy
from server.cli.shared import Yes, ask, operator, refuse, refuse_tenant, require_terminal_or_yes
from server.clock import utc_now
from server.settings import Settings

Id = Annotated[str, typer.Argument(metavar="ID", help="The tenant's UUID.")]


def set_policy(
    tenant_id: Id,
    *,
    policy: Annotated[str, typer.Option(help="A preset's name, or a TOML file's path.")],
    as_json: AsJson = False,
) -> None:
    """Change the policy of a tenant for future registrations and mails.

    Example: connectx tenants set-policy $TENANT --policy church.toml
    """
    chosen = chosen_policy(policy)
    others = run_async(_set_policy(tenant_id, chosen))
    if as_json:
        print_json({"id": tenant_id, "policy": chosen.name, "usersWithOtherRoles": others})
        return
    typer.echo(f"{tenant_id} has the policy {chosen.name}.")
    if others:
        they = "1 of its users has" if others == 1 else f"{others} of its users have"
        typer.echo(f"{they} a role that this policy does not have. Their roles are unchanged.")


def delete(tenant_id: Id, *, yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete a tenant that has no users. Asks first.

    Example: connectx tenants delete $TENANT
    """
    require_terminal_or_yes(yes=yes)
    run_async(_delete(tenant_id, yes=yes))
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
            case PolicySet(others):
                return others
            case TenantNotFound():
                refuse_tenant(tenant_id)


async def _delete(tenant_id: str, *, yes: bool) -> None:
    async with current_database(Settings.read()):
        tenant = await tenant_with(tenant_id)
        ask(f"Delete {tenant.name}?", yes=yes)
        match await operator_tenants.delete(tenant=tenant, actor=operator(), now=utc_now()):
            case TenantDeleted():
                return
            case TenantHasUsers(count):
                has = "1 user" if count == 1 else f"{count} users"
                refuse(f"{tenant.name} has {has}. Only a tenant without users can be deleted.")
            case TenantNotFound():
                refuse_tenant(tenant_id)


async def tenant_with(tenant_id: str) -> Tenant:
    """The tenant with this id; ends the command if there is none."""
    return await tenants.find(tenant_id) or refuse_tenant(tenant_id)


DisplayName: TypeAlias = Annotated[
    str | None, typer.Option(help="The name in its mails, if not its own name.")
]
SenderName: TypeAlias = Annotated[
    str | None, typer.Option(help="The sender's name; the address stays CONNECTX_MAIL_FROM.")
]
ReplyTo: TypeAlias = Annotated[str | None, typer.Option(help="The address for replies.")]


def set_mail(
    tenant_id: Id,
    display_name: DisplayName = None,
    sender_name: SenderName = None,
    reply_to: ReplyTo = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Change names and reply address in a tenant's mails: what is omitted stays, '' removes it.

    Example: connectx tenants set-mail $TENANT --sender-name 'Grace Church'
    """
    letterhead = Letterhead(display_name, sender_name, reply_to)
    if letterhead == Letterhead():
        raise typer.BadParameter("takes one of --display-name, --sender-name, --reply-to, or more")
    changed = run_async(_change(tenant_id, letterhead))
    if as_json:
        print_json(json_output.tenant(changed))
    else:
        typer.echo(f"Mails of tenant {tenant_id} use this from now on.")


def letterhead_rows(tenant: Tenant) -> list[tuple[str, str]]:
    """The rows of a tenant's letterhead: labels and values."""
    return [
        ("name in mails", tenant.display_name or tenant.name),
        ("sender of mails", tenant.sender_name or "the deployment's sender"),
        ("replies go to", tenant.reply_to or "the deployment's sender"),
    ]


async def _change(tenant_id: str, typed: Letterhead) -> Tenant:
    async with current_database(Settings.read()):
        tenant = await tenant_with(tenant_id)
        problem = await letterheads.change(
            tenant=tenant, typed=typed, actor=operator(), now=utc_now()
        )
        match problem:
            case TenantNotFound():
                refuse_tenant(tenant_id)
            case InvalidName() | InvalidEmail():
                raise typer.BadParameter(problem.message)
            case None:
                pass
        return await tenant_with(tenant_id)
