"""`connectx users import` and `connectx users export`."""

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from accounts import tenants
from accounts.audit import Subject
from accounts.transfer.export_users import export_users
from accounts.transfer.import_users import BadLine, ImportedBatch, import_users
from accounts.transfer.lines import WHOLE_LINE
from server.cli.connection import current_database, run_async
from server.cli.line_files import NumberedLines, written_file
from server.cli.progress import progress_bar
from server.cli.shared import Yes, ask, operator, refuse_tenant, require_terminal_or_yes
from server.clock import utc_now
from server.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console


def import_(
    file: Annotated[typer.FileBinaryRead, typer.Argument(help="JSON lines, or - for stdin.")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check every line, but store nothing.")
    ] = False,
) -> None:
    """Import users with their password hashes; docs/moving-users.md has the format.

    Reports bad lines and goes on. Existing users are unchanged, so it can be repeated. The exit
    code is 1 if a line was bad, and 2 if the file or the database cannot be used.

    Example: connectx users import users.jsonl --dry-run
    """
    total = run_async(
        _import(NumberedLines(file), Settings.read(), size=_size(file), dry_run=dry_run)
    )
    done = "could be imported" if dry_run else "imported"
    typer.echo(f"{total.added:,} {done}, {total.there:,} already existed, {total.bad:,} bad lines")
    if total.bad:
        raise typer.Exit(1)


def export(
    file: Annotated[Path, typer.Argument(help="The file to write, or - for stdout.")] = Path("-"),
    *,
    tenant: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this tenant's users.")
    ] = None,
    yes: Yes = False,
) -> None:
    """Export all users with their password hashes, in the format of `users import`.

    Asks before it replaces a file.

    Example: connectx users export users.jsonl
    """
    replaces = str(file) != "-" and file.is_file()  # not a pipe or a device
    require_terminal_or_yes(yes=yes or not replaces)
    if str(file) == "-" and sys.stdout.isatty():
        typer.echo("WARNING: these lines contain password hashes.", err=True)
    count = run_async(_export(file, tenant, Settings.read(), yes=yes or not replaces))
    typer.echo(f"{Subject.users(count).shown} exported", err=True)


class _Total:
    def __init__(self) -> None:
        self.added = self.there = self.bad = 0

    def add(self, batch: ImportedBatch) -> None:
        self.added += batch.added
        self.there += batch.already_there
        self.bad += len(batch.bad)


async def _import(
    lines: NumberedLines, settings: Settings, *, size: int | None, dry_run: bool
) -> _Total:
    from server.composition import operator_environment

    total = _Total()
    with progress_bar() as progress:
        task = progress.add_task("0 users", total=size)
        async with current_database(settings, make=True):
            env = operator_environment(settings)
            async for batch in import_users(lines, actor=operator(), env=env, dry_run=dry_run):
                total.add(batch)
                for bad in batch.bad:
                    _report(bad, progress.console)
                seen = total.added + total.there
                progress.update(task, completed=lines.bytes_read, description=f"{seen:,} users")
    return total


async def _export(file: Path, tenant_id: str | None, settings: Settings, *, yes: bool) -> int:
    async with current_database(settings):
        tenant = await tenants.find(tenant_id) if tenant_id is not None else None
        if tenant_id is not None and tenant is None:
            refuse_tenant(tenant_id)
        ask(f"Replace {file}?", yes=yes)
        # The block ends when the file is complete and has its name.
        async with export_users(tenant=tenant, actor=operator(), clock=utc_now) as exported:
            with written_file(file) as write:
                async for page in exported.pages():
                    write(page)
    return exported.count


def _size(file: BinaryIO) -> int | None:
    """The size in bytes; None for a pipe or a device."""
    status = os.fstat(file.fileno())
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _report(bad: BadLine, console: "Console") -> None:
    for problem in bad.problems:
        about = "" if problem.field == WHOLE_LINE else f"{problem.field}: "
        text = f"line {bad.number}: {about}{problem.message}"
        # Text from the file must not control the terminal.
        shown = "".join(char if char.isprintable() else "?" for char in text)
        console.print(shown, markup=False, emoji=False, highlight=False, soft_wrap=True)
