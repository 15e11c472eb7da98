"""Packs the built pages into wheel and sdist, beyond what `pyproject.toml` can say.

`make dist` builds the pages first. Without them, nothing is packed.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist
from setuptools.errors import SetupError

_WEB_APP = Path("clients/web/dist")
_BUILT = {
    "GraphiQL": (Path("graph/explorer/dist"), "make explorer"),
    "the web app": (_WEB_APP, "make web"),
}


def _check() -> None:
    """Raises SetupError if pages are missing: nobody can build them where a wheel is installed."""
    for name, (folder, command) in _BUILT.items():
        if not (folder / "index.html").is_file():
            raise SetupError(
                f"connectx cannot be packed without {name}: {folder} has no index.html. "
                f"In a clone, `{command}` builds it, and `make dist` builds all that is needed."
            )


class _Packages(build_py):
    def run(self) -> None:
        if self.editable_mode:  # for a clone, where the pages are built later
            super().run()
            return
        _check()
        # What an earlier build has left would go into the wheel as well.
        shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()
        shutil.copytree(_WEB_APP, Path(self.build_lib) / "server" / "web")


class _Sources(sdist):
    def run(self) -> None:
        _check()
        super().run()


setup(cmdclass={"build_py": _Packages, "sdist": _Sources})
