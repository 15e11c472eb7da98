"""`connectx mail worker` and `connectx mail preview`."""

import asyncio
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from server.brand import Brand, sender_of
from server.cli.db import current_database
from server.process.garbage_collection import collector_paused
from server.settings import Settings, SettingsError


def worker() -> None:
    """Deliver mails for servers that run with --no-delivery.

    Example: connectx mail worker
    """
    # Every command imports this module, and only this one needs these.
    import uvloop

    from server.telemetry.logs import set_up_logging

    settings = Settings.read()
    if settings.smtp_url is None:
        raise SettingsError("CONNECTX_SMTP_URL is required: only `connectx serve` has a mailbox.")
    if settings.public_url is None:
        raise SettingsError("CONNECTX_PUBLIC_URL is required: links in mails begin with it.")
    set_up_logging(settings.log_options)
    uvloop.run(_deliver(settings, public_url=settings.public_url))


async def _deliver(settings: Settings, *, public_url: str) -> None:
    with collector_paused():
        from server.composition import compose_parts

        parts = compose_parts(settings, brand=Brand.of(settings), public_url=public_url)
    async with current_database(settings):
        typer.echo("connectx delivers mails")
        task = asyncio.create_task(parts.mail_worker.run())
        for stop in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(stop, task.cancel)
        with suppress(asyncio.CancelledError):
            await task


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
