"""The data folder and the SQLite file in it: made, locked for one server, its disk examined."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from models.configuration import dialect_of
from server.settings import Settings, SettingsError


def data_folder(settings: Settings) -> Path:
    """The data folder, created if it is missing. Raises SettingsError if that fails."""
    folder = settings.data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"CONNECTX_DATA_DIR: {folder} cannot be the data folder: {error.strerror}"
        ) from None
    return folder


def embedded_database(settings: Settings) -> Path | None:
    """The path of the SQLite file, which may not exist yet; None for PostgreSQL."""
    if dialect_of(settings.database) != "sqlite":
        return None
    return Path(unquote(settings.database.removeprefix("sqlite://")))


def make_embedded_database(path: Path, settings: Settings) -> None:
    """Creates an empty file that only its owner can read; SQLite gives its other files this mode.

    Raises SettingsError if that fails.
    """
    os.close(_opened(path, path, settings))


@contextmanager
def locked_for_server(settings: Settings) -> Iterator[None]:
    """Keeps other servers off the SQLite file while the block runs. Operators' commands may use it.

    The lock is on a file beside the database, because SQLite locks the database itself. The kernel
    releases it when the process ends, however it ends. Raises SettingsError if another server has
    it. Does nothing with PostgreSQL.
    """
    path = embedded_database(settings)
    if path is None:
        yield
        return
    real = path.resolve()  # a link to the file has the same lock
    descriptor = _opened(real.with_name(f"{real.name}.lock"), path, settings)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(
                f"Another server uses {path}. Stop it first, or set CONNECTX_DATABASE_URL to a "
                "PostgreSQL database, which any number of servers can share."
            ) from None
        except OSError as error:
            raise SettingsError(f"{path} cannot be locked: {error.strerror}") from None
        yield
    finally:
        os.close(descriptor)


def disk_problem(path: Path) -> str | None:
    """Why nothing can be written beside this file; None if its disk looks fine."""
    disk = os.statvfs(path.parent)
    if disk.f_flag & os.ST_RDONLY:
        return "its file system is read-only"
    return "its disk is full" if disk.f_bavail == 0 else None


def _opened(path: Path, database: Path, settings: Settings) -> int:
    if path.parent == settings.data_dir.absolute():
        data_folder(settings)
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    except OSError as error:
        raise SettingsError(f"{database} cannot be the database: {error.strerror}") from None
