"""The folder of the embedded database and the development key."""

from pathlib import Path

from server.settings import Settings, SettingsError


def data_folder(settings: Settings) -> Path:
    """The folder, which is made if need be. Raises SettingsError where it cannot be."""
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"CONNECTX_DATA_DIR: {folder} cannot be the data folder: {error.strerror}"
        ) from None
    return folder
