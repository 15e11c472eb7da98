"""The web app that comes with connectx."""

from pathlib import Path

from server.settings import SettingsError

_FOLDERS = (
    Path(__file__).parents[1] / "web",  # where setup.py puts it into a wheel
    Path(__file__).parents[2] / "clients" / "web" / "dist",  # where `make web` builds it
)


def own_web_app() -> Path:
    """The folder of the built app. Raises SettingsError in a clone that has not built it."""
    for folder in _FOLDERS:
        if (folder / "index.html").is_file():
            return folder
    raise SettingsError("--web-app: the web app has not been built: `make web` builds it.")
