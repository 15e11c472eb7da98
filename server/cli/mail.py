"""`connectx mail`: the queue of outgoing mails."""

import asyncio
import signal
from contextlib import suppress

import typer
import uvloop

from server.cli import previews
from server.cli.running import current_database
from server.loading import loading
from server.logs import set_up_logging
from server.settings import Settings, SettingsError

app = typer.Typer(help="The queue of outgoing mails.", no_args_is_help=True)


app.command()(previews.preview)


@app.command()
def worker() -> None:
    """Deliver mails and do nothing else, beside servers that run with --no-delivery."""
    settings = Settings.read()
    if settings.smtp_url is None:
        raise SettingsError("CONNECTX_SMTP_URL is required: a worker has no page to show mails on.")
    if settings.public_url is None and settings.verify_url is None:
        raise SettingsError("CONNECTX_PUBLIC_URL is required: links in mails begin with it.")
    set_up_logging(settings.lines)
    uvloop.run(_deliver(settings))


async def _deliver(settings: Settings) -> None:
    with loading():
        from server.composition import compose_parts

        parts = compose_parts(settings, public_url=settings.public_url or "")
    async with current_database(settings):
        typer.echo("connectx delivers mails")
        task = asyncio.create_task(parts.mail_worker.run())
        for stop in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(stop, task.cancel)
        with suppress(asyncio.CancelledError):
            await task
