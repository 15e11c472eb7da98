"""`connectx serve`: the server."""

import os
from pathlib import Path
from typing import Annotated

import typer

from models.configuration import dialect_of
from server.brand import Brand
from server.cli.banner import banner, shown_host
from server.cli.connection import current_database, run_async
from server.cli.db import upgrade_database
from server.cli.env_file import EnvFile
from server.cli.output import number
from server.delivery import check_mailbox, shows_mails
from server.edge.open_files import raise_limit
from server.embedded_database import locked_for_server
from server.pages.own_web_app import own_web_app
from server.pooler import check_pooler
from server.process.uvicorn_config import UNREAD, uvicorn_config
from server.secret_key import keyring
from server.setting_types.values import Switch
from server.settings import PREFIX, Settings, SettingsError

WebOption = Annotated[
    Path | None, typer.Option("--web", help="A web app to serve at /: a folder with an index.html.")
]
WebAppOption = Annotated[
    bool, typer.Option("--web-app", help="Serve the web app of connectx at /.")
]


def choose_web_app(web: Path | None, *, own: bool) -> None:
    """Puts what `--web` and `--web-app` say into the settings, which workers read themselves."""
    if own:
        if web is not None:
            raise typer.BadParameter("--web and --web-app exclude each other")
        web = own_web_app()
    if web is not None:
        os.environ[f"{PREFIX}WEB_DIR"] = str(web)


def serve(
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            parser=number(least=1, most=65_535), metavar="N", help="The port to listen on."
        ),
    ] = 8000,
    workers: Annotated[
        int,
        typer.Option(parser=number(least=1), metavar="N", help="The number of worker processes."),
    ] = 1,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Bring the database's schema up to date first.")
    ] = False,
    no_delivery: Annotated[
        bool, typer.Option("--no-delivery", help="Do not send mails: `connectx mail worker` does.")
    ] = False,
    web: WebOption = None,
    web_app: WebAppOption = False,
    _: EnvFile = None,
) -> None:
    """Serve the API and GraphiQL at /graphql, and deliver mails.

    Example: connectx serve --port 8100 --web-app
    """
    choose_web_app(web, own=web_app)
    if no_delivery:
        os.environ[f"{PREFIX}DELIVERY"] = Switch.OFF
    # Every command imports this module, and only this one needs these, which are slow to import.
    from server.process.uvicorn_server import bind_socket, run_server
    from server.telemetry.logs import set_up_logging
    from server.telemetry.metrics_endpoint import metrics_gathered

    settings = Settings.read()
    _check_workers(settings, workers)
    own_url = f"http://{shown_host(host)}:{port}"
    unread = settings.client_timeout * UNREAD
    with bind_socket(host, port, unread_timeout=unread) as listener:
        check_mailbox(settings, address=listener.getsockname()[0])
        with metrics_gathered(settings), locked_for_server(settings):
            documents = _prepared(settings, upgrade=upgrade)
            _hand_to_workers(settings, own_url=own_url)
            set_up_logging(settings.log_options)
            raise_limit()
            typer.echo(banner(settings, own_url=own_url, documents=documents))
            run_server(uvicorn_config(settings, workers=workers), listener)


def _check_workers(settings: Settings, workers: int) -> None:
    """Raises SettingsError if the database does not serve so many processes."""
    if dialect_of(settings.database) == "sqlite" and workers > 1:
        raise SettingsError(
            "--workers must be 1 with SQLite, which only one process at a time can write to. "
            "For more workers, set CONNECTX_DATABASE_URL to a PostgreSQL database."
        )


def _hand_to_workers(settings: Settings, *, own_url: str) -> None:
    """Puts what only this process can tell into the settings, which workers read themselves."""
    os.environ[f"{PREFIX}PUBLIC_URL"] = settings.public_url or own_url
    os.environ[f"{PREFIX}MAILBOX"] = Switch.ON if shows_mails(settings) else Switch.OFF


def _prepared(settings: Settings, *, upgrade: bool) -> str | None:
    """Creates the development key and the SQLite database, where they are used and missing.

    Raises SettingsError for a broken setting or a schema of PostgreSQL that is behind. Returns the
    banner's text about trusted documents.
    """
    keyring(settings)  # creates the development key before workers start
    Brand.of(settings)  # reports a broken logo once, not in each worker
    documents = _documents(settings)  # reports broken ones once, not in each worker
    if upgrade:
        run_async(upgrade_database(settings))
    run_async(_check_database(settings))
    return documents


def _documents(settings: Settings) -> str | None:
    """The banner's text about trusted documents. Raises SettingsError."""
    if settings.trusted_documents is None and not settings.trusted_documents_only:
        return None
    from server.trusted_documents import (  # imports the schema: slow
        documents_summary,
        trusted_documents,
    )

    return documents_summary(trusted_documents(settings))


async def _check_database(settings: Settings) -> None:
    """Creates or upgrades a SQLite database. Raises SettingsError if PostgreSQL is behind."""
    async with current_database(settings, make=True):
        if better := await check_pooler(settings):
            typer.echo(better, err=True)
