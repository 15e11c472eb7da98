"""`connectx tenants set-mail`: how a tenant's mails present it."""

from typing import Annotated, TypeAlias

import typer

from accounts import letterheads, tenants
from accounts.letterheads import Letterhead
from models import Tenant
from server.cli import documents
from server.cli.operating import operator, refuse_tenant
from server.cli.running import current_database, run
from server.cli.tables import AsJson, print_json
from server.clock import utc_now
from server.settings import Settings

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
        print_json(documents.tenant(changed))
    else:
        typer.echo(f"Mails of tenant {tenant_id} that leave from now on look like that.")


def rows(tenant: Tenant) -> list[tuple[str, str]]:
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
