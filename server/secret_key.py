"""The server's secret key: set by the operator, or made once for development."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from accounts.keyring import MIN_KEY_LENGTH, Keyring
from models.configuration import dialect_of
from server.setting_types import split_keys
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


_KEY_BYTES = 32


def new_key() -> str:
    """A fresh key: 256 bits in hexadecimal."""
    return secrets.token_hex(_KEY_BYTES)


def keyring(settings: Settings) -> Keyring:
    """The keys that are set, or the development key in the data folder.

    Raises SettingsError without a key on a database that other machines share: each would make a
    key of its own, and refuse the others' codes.
    """
    if settings.secret_key is not None:
        return Keyring(split_keys(settings.secret_key))
    if dialect_of(settings.database) != "sqlite":
        raise SettingsError(
            "CONNECTX_SECRET_KEY is required with this database. "
            "Make one with `connectx secret-key`, and give it to every node."
        )
    return Keyring([_development_key(data_folder(settings) / "secret.key")])


def _development_key(path: Path) -> str:
    if not path.exists():
        _make(path)
    key = path.read_text("utf-8").strip()
    if len(key) < MIN_KEY_LENGTH:
        raise SettingsError(
            f"{path} does not hold a key. Delete it to have another made; codes and links "
            "that have been mailed then no longer work."
        )
    return key


def _make(path: Path) -> None:
    """Makes the file, whole and never readable by others, unless another process was first."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{new_key()}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
