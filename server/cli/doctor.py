"""`connectx doctor`: checks a deployment, and says how to fix what is wrong."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from accounts.addresses import MalformedAddressError, canonical
from server.cli.connection import run_async
from server.doctor.examine import examine
from server.doctor.findings import Finding, State

_STYLES = {State.OK: "green", State.WARNING: "yellow", State.FAILED: "bold red"}


def doctor(
    *,
    send_to: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Send a test mail there.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False,
) -> None:
    """Check settings, database, keys, mail, URL, limits, files, documents, passwords, hashing.

    Changes nothing, and sends a mail only with --send-to. The exit code is 1 if a check failed.

    Example: connectx doctor --send-to me@example.com
    """
    try:
        address = None if send_to is None else canonical(send_to)
    except MalformedAddressError as error:
        raise typer.BadParameter(str(error)) from None
    found = run_async(examine(send_to=address))
    if as_json:
        typer.echo(json.dumps([_plain(finding) for finding in found], indent=2))
    else:
        _print(found)
    if any(finding.state is State.FAILED for finding in found):
        raise typer.Exit(1)


def _plain(finding: Finding) -> dict[str, str]:
    return {
        "subject": finding.subject,
        "state": finding.state,
        "what": finding.what,
        "toDo": finding.to_do,
    }


def _print(found: Sequence[Finding]) -> None:
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    wide = (Column("what", overflow="fold"), Column("what to do", overflow="fold"))
    table = Table("", "subject", *wide)
    for finding in found:
        state = Text(finding.state, style=_STYLES[finding.state])
        table.add_row(state, *map(Text, (finding.subject, finding.what, finding.to_do)))
    Console(width=None if Console().is_terminal else 160).print(table)
