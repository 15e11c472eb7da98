"""`connectx tenants`: products or organisations with a registration policy of their own."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from accounts import tenants
from accounts.letterheads import Letterhead
from accounts.policies import Policy, load
from accounts.problems import InvalidEmail, InvalidName
from models import Tenant
from server.cli import letterheads
from server.cli.letterheads import DisplayName, ReplyTo, SenderName
from server.cli.policies import LABELS, rows
from server.cli.running import current_database, run
from server.clock import utc_now
from server.settings import Settings

app = typer.Typer(
    help="Products or organisations with a registration policy of their own.",
    no_args_is_help=True,
)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Its name, also in its mails.")],
    policy: Annotated[str, typer.Option(help="A preset's name, or a TOML file's path.")],
    display_name: DisplayName = None,
    sender_name: SenderName = None,
    reply_to: ReplyTo = None,
) -> None:
    """Create a tenant and print its UUID, which `register(tenant:)` takes."""
    letterhead = Letterhead(display_name, sender_name, reply_to)
    typer.echo(run(_create(name, load(policy), letterhead, Settings.read())))


@app.command("list")
def list_() -> None:
    """List the tenants, oldest first."""
    table = Table("id", "name", "policy", "created")
    for tenant in run(_all(Settings.read())):
        created = tenant.created_at.strftime("%Y-%m-%d %H:%M")
        table.add_row(str(tenant.id), tenant.name, tenants.policy_of(tenant).name, created)
    _print(table)


@app.command()
def show(tenant_id: Annotated[str, typer.Argument(metavar="ID", help="Its UUID.")]) -> None:
    """Show one tenant and its policy."""
    tenant = run(_find(tenant_id, Settings.read()))
    if tenant is None:
        typer.echo(f"There is no tenant {tenant_id}. `connectx tenants list` lists them.", err=True)
        raise typer.Exit(1)
    policy = tenants.policy_of(tenant)
    table = Table(title=tenant.name, show_header=False)
    table.add_row("id", str(tenant.id))
    table.add_row("policy", policy.name)
    for label, cell in zip(LABELS, rows(policy), strict=True):
        table.add_row(label, cell)
    for label, cell in letterheads.rows(tenant):
        table.add_row(label, cell)
    _print(table)


app.command("set-mail")(letterheads.set_mail)


async def _create(name: str, policy: Policy, letterhead: Letterhead, settings: Settings) -> str:
    async with current_database(settings):
        match await tenants.create(name=name, policy=policy, letterhead=letterhead, now=utc_now()):
            case InvalidName(message) | InvalidEmail(message):
                raise typer.BadParameter(message)
            case Tenant(id=tenant_id):
                return str(tenant_id)


async def _all(settings: Settings) -> Sequence[Tenant]:
    async with current_database(settings):
        return await Tenant.all().order_by("created_at", "id")


async def _find(tenant_id: str, settings: Settings) -> Tenant | None:
    async with current_database(settings):
        return await tenants.find(tenant_id)


def _print(table: Table) -> None:
    # A UUID that is broken over two lines cannot be copied, so a pipe gets room enough.
    Console(width=None if Console().is_terminal else 140).print(table)
