"""`connectx mail worker`: sends mails for servers that do not."""

import asyncio
import signal
from contextlib import suppress

import typer

from server.brand import Brand
from server.cli.connection import current_database
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
