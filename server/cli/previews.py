"""`connectx mail preview`: what the mails look like."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from server.settings import Settings, SettingsError


def preview(
    out: Annotated[
        Path | None,
        typer.Option(help="The folder for the files; mail-preview in the data folder if not told."),
    ] = None,
    open_: Annotated[
        bool | None,
        typer.Option("--open/--no-open", help="Open them in a browser; as a rule on a terminal."),
    ] = None,
) -> None:
    """Write every mail in every language as .html, .txt and .eml, and open them."""
    from mail.previews import INDEX, preview_files
    from mail.rendering import Renderer

    settings = Settings.read()
    files = preview_files(
        renderer=Renderer(settings.mail_templates),
        product=settings.product_name,
        mail_from=settings.mail_from,
    )
    folder = (out or settings.data_dir / "mail-preview").absolute()
    _write(folder, files)
    mails = sum(name.endswith(".eml") for name in files)
    typer.echo(f"{mails} mails: {folder / INDEX}")
    if sys.stdout.isatty() if open_ is None else open_:
        typer.launch((folder / INDEX).as_uri())


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise SettingsError(f"{folder} cannot be written: {error.strerror}") from None
