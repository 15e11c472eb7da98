"""`connectx serve`: the server, with what it needs to start."""

import os
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer
import uvicorn

from graph.transport.request import MAX_BODY
from models.configuration import dialect_of
from server.cli.db import current_database, run, upgraded
from server.secret_key import data_folder, keyring, new_key
from server.setting_types import Switch
from server.settings import PREFIX, Settings, SettingsError
from server.telemetry.logs import set_up_logging
from server.telemetry.metrics_endpoint import metrics_gathered
from server.uvicorn_server import GRACE, listen, run_server


def serve(
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes serve.", min=1)] = 1,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Bring the database's schema up to date first.")
    ] = False,
    no_delivery: Annotated[
        bool, typer.Option("--no-delivery", help="Leave mails to `connectx mail worker`.")
    ] = False,
    web: Annotated[
        Path | None, typer.Option(help="A web app to serve at /: a folder with an index.html.")
    ] = None,
) -> None:
    """Serve the API, GraphiQL at /graphql, and deliver mails."""
    if web is not None:
        os.environ[f"{PREFIX}WEB_DIR"] = str(web)  # the workers read the settings themselves
    if no_delivery:
        os.environ[f"{PREFIX}DELIVERY"] = Switch.OFF
    settings = Settings.read()
    sqlite = dialect_of(settings.database) == "sqlite"
    if sqlite and workers > 1:
        raise SettingsError(
            "--workers takes 1 with SQLite, which one process writes to at a time. "
            "For more, set CONNECTX_DATABASE_URL to a PostgreSQL database."
        )
    if sqlite:
        data_folder(settings)
    url = settings.public_url or f"http://{_shown_host(host)}:{port}"
    keyring(settings)  # made here, before several workers would
    documents = _documents(settings)  # as broken ones are told here once, not by each worker
    if upgrade:
        run(upgraded(settings))
    run(_check_database(settings))

    os.environ[f"{PREFIX}PUBLIC_URL"] = url  # for the workers as well
    set_up_logging(settings.lines)
    with listen(host, port) as listener, metrics_gathered(settings):
        typer.echo(_banner(settings, url, host, documents))
        run_server(_uvicorn(settings, workers), listener)


def _uvicorn(settings: Settings, workers: int) -> uvicorn.Config:
    return uvicorn.Config(
        "server.asgi:from_environment",
        factory=True,
        workers=workers,
        timeout_graceful_shutdown=GRACE,
        log_config=None,  # ours: server/telemetry/logs.py
        # Its request lines would have queries in them, and a query may have a password.
        access_log=False,
        # A connection that only waits keeps no compressor, and sends no more than a request may.
        ws_per_message_deflate=False,
        ws_max_size=MAX_BODY,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
    )


def _documents(settings: Settings) -> str | None:
    """What the banner says of trusted documents. Raises SettingsError."""
    if settings.trusted_documents is None and not settings.trusted_documents_only:
        return None
    from server.trusted_documents import (
        trusted_documents,  # takes a second, which other commands save
    )

    trusted = trusted_documents(settings)
    if trusted.only:
        return f"{trusted.count} trusted, and no others run: nor do introspection and GraphiQL"
    return f"{trusted.count} trusted"


async def _check_database(settings: Settings) -> None:
    """Raises SettingsError for a schema that is behind, unless it is the embedded database's."""
    async with current_database(settings, make=True):
        pass


def secret_key() -> None:
    """Print a new key for CONNECTX_SECRET_KEY."""
    typer.echo(new_key())


def _shown_host(host: str) -> str:
    """The host under which a person on this machine reaches the server."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _shown_database(url: str) -> str:
    """Where the database is, without who logs in to it."""
    where = urlsplit(url)
    if dialect_of(url) == "sqlite":
        return unquote(where.path)
    return f"PostgreSQL at {where.netloc.rpartition('@')[2]}{where.path}"


def _banner(settings: Settings, url: str, host: str, documents: str | None) -> str:
    lines = ["connectx is starting", ""]
    if settings.web_dir is not None:
        lines.append(f"  App       {url}/")
    if settings.graphiql and not settings.trusted_documents_only:
        lines.append(f"  GraphiQL  {url}/graphql")
    else:
        lines.append(f"  API       {url}/graphql")
    if settings.smtp_url is None:
        lines.append(f"  Mailbox   {url}/mailbox   (no CONNECTX_SMTP_URL: mails are shown there)")
    if documents is not None:
        lines.append(f"  Documents {documents}")
    if settings.database_url is None:
        lines.append(f"  Data      {settings.data_dir.absolute()}")
    else:
        lines.append(f"  Database  {_shown_database(settings.database)}")
    if settings.smtp_url is None and host not in {"127.0.0.1", "::1", "localhost"}:
        lines += [
            "",
            "  WARNING: without CONNECTX_SMTP_URL, the mailbox shows every code to anybody",
        ]
        lines.append(f"  who reaches {host}. Set it before others use this server.")
    return "\n".join([*lines, ""])
