"""Folders with an npm package: installed from their lock file, and run by their scripts' names."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from harness.paths import ROOT
from harness.tools import find_tool

CLIENTS = ROOT / "clients"

_OPTIONS = ("--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class Package:
    """One package, with what its lock file says in `node_modules`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Where the machine's Node.js is missing or too old, `make install` puts one beside Python.
        self._path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self._npm = shutil.which("npm", path=self._path) or find_tool(
            "npm", get="install Node.js 20 or newer, or run `make install`"
        )
        with (folder / "package.json").open() as lock:
            # Processes of one test run share the folder, and two of `npm ci` would break it.
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._install()

    def run(self, script: str, *arguments: str, **environment: str) -> str:
        """What a script prints that is to succeed."""
        done = self._call("run", "--silent", script, "--", *arguments, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def fail(self, script: str, *arguments: str, **environment: str) -> str:
        """What a script prints that is to fail."""
        done = self._call("run", "--silent", script, "--", *arguments, **environment)
        assert done.returncode != 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def npm(self, *arguments: str) -> str:
        """What a command of npm prints that is to succeed."""
        done = self._call(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, package: Path) -> None:
        """Adds a packed package, as its users do."""
        # Not `--offline`: if its cache lacks React's metadata, npm says that versions conflict.
        self.npm("install", *_OPTIONS, str(package))

    def _install(self) -> None:
        of_build = self.folder / "node_modules" / ".installed-lock.json"
        lock_file = self.folder / "package-lock.json"
        if of_build.exists() and of_build.read_bytes() == lock_file.read_bytes():
            return  # as clients/build.py left it
        lock = hashlib.sha256(lock_file.read_bytes()).hexdigest()
        installed = self.folder / "node_modules" / ".installed"
        if installed.exists() and installed.read_text() == lock:
            return  # as another run left it
        self.npm("ci", *_OPTIONS)
        installed.write_text(lock)

    def _call(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._npm, *arguments],
            cwd=self.folder,
            env={**os.environ, "PATH": self._path, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
