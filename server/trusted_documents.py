"""The documents that the settings trust."""

from graph.schema import core
from graph.trusted import NOTHING, BrokenDocumentsError, Trusted, read_sources, trust
from server.settings import PREFIX, Settings, SettingsError


def trusted_documents(settings: Settings) -> Trusted:
    """All of them, ready to execute: some milliseconds' work for each.

    Raises SettingsError, with every problem at once.
    """
    path, only = settings.trusted_documents, bool(settings.trusted_documents_only)
    if path is None:
        if only:
            raise SettingsError(
                f"{PREFIX}TRUSTED_DOCUMENTS_ONLY: takes on only with {PREFIX}TRUSTED_DOCUMENTS, "
                "as nothing at all would be executed without"
            )
        return NOTHING
    try:
        introspection = bool(settings.introspection)
        return trust(read_sources(path), schema=core, introspection=introspection, only=only)
    except BrokenDocumentsError as error:
        problems = [f"{PREFIX}TRUSTED_DOCUMENTS: {problem}" for problem in error.problems]
        raise SettingsError("\n".join(problems)) from None
