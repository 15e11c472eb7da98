"""Loads the trusted documents that the settings name."""

from graph.schema import core
from graph.trusted import NO_DOCUMENTS, BrokenDocumentsError, Trusted, read_sources, trust
from server.settings import PREFIX, Settings, SettingsError


def trusted_documents(settings: Settings) -> Trusted:
    """All trusted documents, ready to execute. Raises SettingsError with all problems at once."""
    path, only = settings.trusted_documents, bool(settings.trusted_documents_only)
    if path is None:
        if only:
            raise SettingsError(
                f"{PREFIX}TRUSTED_DOCUMENTS_ONLY: on requires {PREFIX}TRUSTED_DOCUMENTS; "
                "without it, no document could be executed"
            )
        return NO_DOCUMENTS
    try:
        introspection = bool(settings.introspection)
        return trust(read_sources(path), schema=core, introspection=introspection, only=only)
    except BrokenDocumentsError as error:
        problems = [f"{PREFIX}TRUSTED_DOCUMENTS: {problem}" for problem in error.problems]
        raise SettingsError("\n".join(problems)) from None
