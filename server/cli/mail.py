"""`connectx mail list|show|retry`: shows and retries mails. Never prints codes or links."""

from typing import Annotated
from uuid import UUID

import typer

from accounts.operator import mails
from accounts.operator.mails import MailNotFound, NoLongerUsable, NotFailed, Retried, RetryOutcome
from models import MailState, OutgoingMail
from server.cli import json_output
from server.cli.connection import current_database, run_async
from server.cli.output import AsJson, EntryLimit, print_json, print_pairs, print_rows
from server.cli.shared import environment, identifier, one_of, operator, refuse
from server.cli.users import MAIL_COLUMNS
from server.settings import Settings

app = typer.Typer(
    help="Mails, and what became of them.\n\nExample: connectx mail list --state failed",
    no_args_is_help=True,
)


def list_(
    *,
    state: Annotated[
        MailState | None,
        typer.Option(
            parser=one_of(MailState),
            metavar="STATE",
            help=f"Only one of {', '.join(MailState)}; by default, all but decoys.",
        ),
    ] = None,
    limit: EntryLimit = 50,
    as_json: AsJson = False,
) -> None:
    """List mails, the newest first.

    Example: connectx mail list --state failed
    """
    found = [json_output.mail(mail) for mail in run_async(_search(state, limit + 1))]
    if as_json:
        print_json(found[:limit])
        return
    print_rows(found[:limit], columns={**MAIL_COLUMNS, "id": "id"})
    if len(found) > limit:
        typer.echo(f"There are more than {limit}: --limit shows more of them.", err=True)


def show(
    mail: Annotated[UUID, typer.Argument(parser=identifier, metavar="ID", help="The mail.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show the delivery state of one mail, without its text.

    Example: connectx mail show 019c1f5e-7b1a-7c3e-9d5f-2b8e4a6c0d1f
    """
    found = json_output.mail(run_async(_find(mail)))
    if as_json:
        print_json(found)
    else:
        print_pairs(f"Mail {mail}", found)


def retry(
    mail: Annotated[
        UUID | None, typer.Argument(parser=identifier, metavar="ID", help="The mail.")
    ] = None,
    *,
    failed: Annotated[bool, typer.Option("--failed", help="All failed mails.")] = False,
    as_json: AsJson = False,
) -> None:
    """Retry failed mails, at once and for 24 hours, if their code or link still works.

    Example: connectx mail retry --failed
    """
    if (mail is None) != failed:
        raise typer.BadParameter("takes either ID or --failed")
    outcomes = run_async(_retry(mail))
    retried = [outcome.mail_id for outcome in outcomes if isinstance(outcome, Retried)]
    ended = sum(isinstance(outcome, NoLongerUsable) for outcome in outcomes)
    if as_json:
        print_json({"retried": retried, "noLongerOfUse": ended})
        return
    typer.echo(f"{len(retried)} {'mail' if len(retried) == 1 else 'mails'} queued again.")
    if ended:
        typer.echo(f"{ended} left as failed: their codes and links no longer work.")


async def _search(state: MailState | None, limit: int) -> list[OutgoingMail]:
    async with current_database(Settings.read()):
        return await mails.search(state=state, limit=limit)


async def _find(mail_id: UUID) -> OutgoingMail:
    async with current_database(Settings.read()):
        return await mails.find(mail_id) or refuse(_unknown(mail_id))


async def _retry(mail_id: UUID | None) -> list[RetryOutcome]:
    async with environment() as env:
        if mail_id is None:
            return [one async for one in mails.retry_failed(actor=operator(), env=env)]
        match await mails.retry(mail_id=mail_id, actor=operator(), env=env):
            case Retried() as retried:
                return [retried]
            case NotFailed(state):
                refuse(f"Mail {mail_id} is {state}: only a failed one can be tried again.")
            case NoLongerUsable():
                refuse(
                    f"Mail {mail_id} is of no use any more: its code or link has expired or been "
                    "replaced, or its address is verified. The user can request a new one "
                    "(resendVerification), or you verify them with `connectx users verify`."
                )
            case MailNotFound():
                refuse(_unknown(mail_id))


def _unknown(mail_id: UUID) -> str:
    return f"There is no mail {mail_id}. `connectx mail list` lists them."
