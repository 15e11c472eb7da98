"""What `connectx serve` prints at its start: where to find what."""

from urllib.parse import unquote, urlsplit

from models.configuration import dialect_of
from models.postgres_url import parse_postgres_url
from server.delivery import shows_mails
from server.settings import Settings


def banner(settings: Settings, *, own_url: str, documents: str | None) -> str:
    """The text of the start. `documents` is what it says about trusted documents.

    `own_url` is where the server listens. People may reach it by another URL, through a proxy.
    """
    url = settings.public_url or own_url
    lines = ["connectx is starting", ""]
    if url != own_url:
        lines.append(f"  Listens   {own_url}")
    if settings.web_dir is not None:
        lines.append(f"  App       {url}/")
    if settings.graphiql and not settings.trusted_documents_only:
        lines.append(f"  GraphiQL  {url}/graphql")
    else:
        lines.append(f"  API       {url}/graphql")
    if shows_mails(settings):
        lines.append(f"  Mailbox   {url}/mailbox   (no CONNECTX_SMTP_URL: mails are shown there)")
    elif settings.smtp_url is None:
        lines.append("  Mails     wait for `connectx mail worker` (no CONNECTX_SMTP_URL)")
    if documents is not None:
        lines.append(f"  Documents {documents}")
    if settings.database_url is None:
        lines.append(f"  Data      {settings.data_dir.absolute()}")
    else:
        lines.append(f"  Database  {_shown_database(settings.database)}")
    return "\n".join([*lines, ""])


def shown_host(host: str) -> str:
    """The host of the URL under which a browser on this machine reaches the server."""
    if host == "0.0.0.0":  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    if host == "::":  # `bind_socket` accepts no IPv4 there
        return "[::1]"
    return f"[{host}]" if ":" in host else host


def _shown_database(url: str) -> str:
    """The location of the database, without user and password."""
    if dialect_of(url) == "sqlite":
        return unquote(urlsplit(url).path)
    there = parse_postgres_url(url)
    return f"PostgreSQL at {', '.join(map(str, there.hosts))}/{there.database or ''}"
