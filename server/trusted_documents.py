"""Loads the trusted documents: those that the settings name, and those of the server's pages."""

from graph.trusted import BrokenDocumentsError, Trusted, read_sources, trust
from server.endpoints.served_schema import served_schema
from server.pages.page_documents import FOLDER
from server.settings import PREFIX, Settings, SettingsError


def documents_summary(trusted: Trusted) -> str:
    """How many documents are trusted, and what that means for others."""
    if not trusted.only:
        return f"{trusted.count or 'none'} trusted; others are executed within the limits"
    return (
        f"{trusted.count} trusted; all others are refused, introspection among them unless it is "
        "trusted; no GraphiQL"
    )


def trusted_documents(settings: Settings) -> Trusted:
    """All trusted documents, ready to execute. Raises SettingsError with all problems at once."""
    path, only = settings.trusted_documents, bool(settings.trusted_documents_only)
    if path is None and only:
        raise SettingsError(
            f"{PREFIX}TRUSTED_DOCUMENTS_ONLY: on requires {PREFIX}TRUSTED_DOCUMENTS; "
            "without it, no document of a client could be executed"
        )
    try:
        return trust(
            [] if path is None else read_sources(path),
            # Elsewhere they run as any other document does. Reading them takes a part of the start.
            own=read_sources(FOLDER) if only else [],
            schema=served_schema(settings),
            introspection=bool(settings.introspection),
            only=only,
        )
    except BrokenDocumentsError as error:
        problems = [f"{PREFIX}TRUSTED_DOCUMENTS: {problem}" for problem in error.problems]
        raise SettingsError("\n".join(problems)) from None
