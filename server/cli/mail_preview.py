"""`connectx mail preview`: every mail as a file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from server.brand import Brand, sender_of
from server.settings import Settings, SettingsError


def preview(
    out: Annotated[
        Path | None,
        typer.Option(help="The folder; by default mail-preview in the data folder."),
    ] = None,
    open_: Annotated[
        bool | None,
        typer.Option(
            "--open/--no-open", help="Open them in a browser; by default only on a terminal."
        ),
    ] = None,
) -> None:
    """Write every mail in every language as .html, .txt and .eml files.

    Example: connectx mail preview --out mails --open
    """
    from mail.message.preview import INDEX, SERVER, preview_files
    from mail.message.rendering import Renderer
    from server.composition import mail_branding

    settings = Settings.read()
    files = preview_files(
        renderer=Renderer(
            settings.mail_templates, branding=mail_branding(Brand.of(settings), public_url=SERVER)
        ),
        product=settings.product_name,
        mail_from=sender_of(settings),
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
