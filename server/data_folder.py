"""The folder of the embedded database and the development key."""

import os
from pathlib import Path
from urllib.parse import unquote

from models.configuration import dialect_of
from server.settings import Settings, SettingsError


def data_folder(settings: Settings) -> Path:
    """The folder, which is made if need be. Raises SettingsError where it cannot be."""
    folder = settings.data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"CONNECTX_DATA_DIR: {folder} cannot be the data folder: {error.strerror}"
        ) from None
    return folder


def embedded_database(settings: Settings) -> Path | None:
    """Where the embedded database is or would be; None for one with a server."""
    if dialect_of(settings.database) != "sqlite":
        return None
    return Path(unquote(settings.database.removeprefix("sqlite://")))


def make_embedded_database(path: Path, settings: Settings) -> None:
    """An empty one that only its owner can read, like what SQLite will put beside it."""
    if path.parent == settings.data_dir.absolute():
        data_folder(settings)
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise SettingsError(f"{path} cannot be the database: {error.strerror}") from None
