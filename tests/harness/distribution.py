"""Wheel and sdist, built as for a release, and connectx in an environment of its own."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harness.paths import ROOT

UV = str(Path(sys.executable).with_name("uv"))

_AS_THEY_ARE = ("-o", "explorer", "-o", "web")
"""What `make dist` would build first: `make install` and a fixture have built it."""


@dataclass(frozen=True)
class Built:
    wheel: Path
    sdist: Path


def built(run: Path) -> Built:
    """What `make dist` makes of the built pages, once in a test run.

    `run` is a folder that all processes of the test run share.
    """
    folder = run / "dist"
    with (ROOT / "setup.py").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            where = (f"BIN={Path(sys.executable).parent}", f"to={folder}")
            _run("make", "--silent", "-C", str(ROOT), "dist", *_AS_THEY_ARE, *where)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return Built(wheel, sdist)


def make_environment(folder: Path) -> Callable[..., None]:
    """Makes a new environment, and returns what installs packages into it, faster than pip."""
    _run(UV, "venv", "-q", "--clear", "--python", sys.executable, str(folder))
    return partial(_run, UV, "pip", "install", "-q", "--python", str(folder / "bin" / "python"))


def installed(wheel: Path, folder: Path) -> Path:
    """The folder of programs of a new environment: connectx with its locked dependencies."""
    install = make_environment(folder)
    install("--require-hashes", "-r", str(ROOT / "requirements.txt"))
    install("--no-deps", str(wheel))
    return folder / "bin"


def build_from(sources: Path, into: Path) -> subprocess.CompletedProcess[str]:
    """What building a wheel from unpacked sources comes to, at the time of the newest commit."""
    log = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    commit = subprocess.run(log, check=True, capture_output=True, text=True).stdout.strip()
    command = [UV, "build", "--wheel", "--no-build-isolation", "--python", sys.executable]
    return subprocess.run(
        [*command, "-o", into, sources],
        env={**os.environ, "SOURCE_DATE_EPOCH": commit},
        capture_output=True,
        text=True,
        check=False,
    )


def _run(*command: str) -> None:
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": ""}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
