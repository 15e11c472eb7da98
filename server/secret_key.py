"""The secret key: that of the settings, or a development key in the data folder."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from accounts.keyring import MIN_KEY_LENGTH, Keyring
from models.configuration import dialect_of
from server.embedded_database import data_folder
from server.setting_types.values import split_keys
from server.settings import Settings, SettingsError

_KEY_BYTES = 32


def new_secret_key() -> str:
    """A new random key: 256 bits in hexadecimal."""
    return secrets.token_hex(_KEY_BYTES)


def keyring(settings: Settings) -> Keyring:
    """The keys of the settings, or the development key in the data folder.

    Raises SettingsError without a key on PostgreSQL, which several nodes may share: each node would
    make its own key and refuse the codes of the others.
    """
    if settings.secret_key is not None:
        return Keyring(split_keys(settings.secret_key))
    if dialect_of(settings.database) != "sqlite":
        raise SettingsError(
            "CONNECTX_SECRET_KEY is required with this database. "
            "Make one with `connectx secret-key`, and give it to every node."
        )
    data_folder(settings)
    return Keyring([_development_key(development_key_file(settings))])


def development_key_file(settings: Settings) -> Path:
    """The file of the key that is made for development. It may not exist."""
    return settings.data_dir / "secret.key"


def has_key(settings: Settings) -> bool:
    """Whether there is a key, so that `keyring` makes none."""
    return settings.secret_key is not None or development_key_file(settings).exists()


def _development_key(path: Path) -> str:
    if not path.exists():
        try:
            _make(path)
        except OSError as error:
            raise SettingsError(f"{path} cannot be written: {error.strerror}") from None
    key = path.read_text("utf-8").strip()
    if len(key) < MIN_KEY_LENGTH:
        raise SettingsError(
            f"{path} does not hold a key. If you delete it, the next start makes a new one, "
            "and codes and links that were mailed no longer work."
        )
    return key


def _make(path: Path) -> None:
    """Creates the file atomically and unreadable by others, unless another process already has."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{new_secret_key()}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
