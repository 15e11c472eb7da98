"""`connectx audit`: shows the audit table."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from accounts.audit import Action
from accounts.operator.audit_entries import AuditFilter, find
from models import AuditEntry
from server.cli import json_output
from server.cli.connection import current_database, run_async
from server.cli.output import AsJson, EntryLimit, print_json, print_rows
from server.cli.shared import address, one_of
from server.clock import utc_now
from server.secret_key import keyring
from server.settings import Settings

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _moment(typed: str) -> datetime:
    """Parses an ISO 8601 date, by default in UTC, or a span back from now such as `2d`."""
    try:
        if span := re.fullmatch(r"(\d{1,9})([mhdw])", typed.strip().lower()):
            return utc_now() - timedelta(**{_UNITS[span[2]]: int(span[1])})
        moment = datetime.fromisoformat(typed)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            "takes a span such as 30m, 12h, 2d or 1w, or a date such as 2026-01-31"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def audit(
    *,
    email: Annotated[
        str | None,
        typer.Option(parser=address, metavar="ADDRESS", help="Only entries about this address."),
    ] = None,
    action: Annotated[
        Action | None,
        typer.Option(
            parser=one_of(Action), metavar="ACTION", help=f"Only one of {', '.join(Action)}."
        ),
    ] = None,
    actor: Annotated[
        str | None, typer.Option(help="Only actions of this system user; `api` stands for clients.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(parser=_moment, metavar="2d|DATE", help="Only entries since then."),
    ] = None,
    limit: EntryLimit = 50,
    as_json: AsJson = False,
) -> None:
    """List who did what to accounts, tenants, mails, audiences and keys, newest first.

    Example: connectx audit --email ada@example.com --since 7d
    """
    wanted = AuditFilter(address=email, action=action, actor=actor, since=since)
    found = [json_output.audit_entry(entry) for entry in run_async(_find(wanted, limit))]
    if as_json:
        print_json(found)
        return
    print_rows(
        [{**entry, "at": f"{entry['at']:%Y-%m-%d %H:%M:%SZ}"} for entry in found],
        columns={key: key for key in ("at", "actor", "action", "subject", "detail")},
    )


async def _find(wanted: AuditFilter, limit: int) -> list[AuditEntry]:
    settings = Settings.read()
    async with current_database(settings):
        return await find(wanted, limit=limit, keys=keyring(settings))
