"""`connectx passwords`: builds the file of breached passwords."""

from pathlib import Path
from typing import Annotated

import typer

from accounts.breached.build import BreachedListError, build, list_size
from accounts.breached.layout import BUCKETS
from server.cli.progress import progress_bar
from server.cli.shared import Yes, ask, require_terminal_or_yes
from server.settings import SettingsError

app = typer.Typer(
    help="Build the list of breached passwords.\n\n"
    "Example: connectx passwords build pwned-passwords.txt --output breached.bin",
    no_args_is_help=True,
)


@app.callback()
def _group() -> None:
    # Without a callback, Typer merges a group that has a single command into that command.
    pass


@app.command("build")
def build_(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            exists=True,
            help="Lines `SHA1:count`, sorted; or a folder of files by prefix (00000.txt …).",
        ),
    ],
    *,
    output: Annotated[
        Path, typer.Option(dir_okay=False, help="The file for CONNECTX_BREACHED_PASSWORDS.")
    ],
    yes: Yes = False,
) -> None:
    """Build the file of breached passwords from a download of Have I Been Pwned.

    Asks before it replaces a file. docs/breached-passwords.md has the rest.

    Example: connectx passwords build pwned-passwords.txt --output breached.bin
    """
    if output.exists() and output.samefile(source):
        raise typer.BadParameter("--output would replace the list itself")
    require_terminal_or_yes(yes=yes or not output.exists())
    ask(f"Replace {output}?", yes=yes or not output.exists())
    try:
        with progress_bar() as progress:
            task = progress.add_task(source.name, total=list_size(source))
            built = build(source, output, progress=lambda size: progress.update(task, advance=size))
    except BreachedListError as error:
        raise SettingsError(str(error)) from None
    except OSError as error:
        raise SettingsError(f"{error.filename or output}: {error.strerror}") from None
    if built.prefixes is not None and built.prefixes < BUCKETS:
        typer.echo(f"{built.prefixes:,} of {BUCKETS:,} files were there.", err=True)
    size = output.stat().st_size / 1e6
    typer.echo(f"{built.count:,} hashes, {size:,.0f} MB: CONNECTX_BREACHED_PASSWORDS={output}")
