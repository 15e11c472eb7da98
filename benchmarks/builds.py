"""The installed build of Argon2 against the wheel that its makers publish."""

import importlib.metadata
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import _argon2_cffi_bindings
from hashes import Raw, raw
from offering import SERVER_CORES, on
from report import Finding
from rounds import Turns

NAMES = ["native"]

_PACKAGE = "argon2-cffi-bindings"


def builds(wheel: Path | None, *, ask_pip: bool, turns: Turns) -> Iterator[Finding]:
    """The row: hashes of the installed build against those of `wheel`, or of pip's.

    `wheel` is a folder that a wheel was unpacked into, as by `pip install --target`.
    """
    finding = Finding(
        name="native",
        what="raw hashes, the installed Argon2 build",
        against="the published wheel",
        ratio=None,
        goal=1.0,
    )
    with tempfile.TemporaryDirectory() as folder:
        published = wheel or (_published(Path(folder)) if ask_pip else None)
        if published is None:
            finding.note = f"no wheel of {_PACKAGE}; --wheel-path names an unpacked one"
        elif _binaries(published) == _binaries(Path(_argon2_cffi_bindings.__file__).parents[1]):
            finding.note = "the installed build is the published wheel"
        else:
            _measure(finding, str(published), turns=turns)
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


def _measure(finding: Finding, published: str, *, turns: Turns) -> None:
    pairs: list[tuple[Raw, Raw]] = []
    for _ in range(turns.rounds):
        with on(SERVER_CORES):
            threads = len(SERVER_CORES)
            pairs.append(
                (raw(turns.seconds / 2, threads), raw(turns.seconds / 2, threads, path=published))
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


def _published(folder: Path) -> Path | None:
    version = importlib.metadata.version(_PACKAGE).partition("+")[0]
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder)]
    command += ["--only-binary", ":all:", "--disable-pip-version-check", f"{_PACKAGE}=={version}"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - pip, of ours
    return folder if done.returncode == 0 else None


def _binaries(folder: Path) -> list[bytes]:
    found = [folder / "_argon2_cffi_bindings", folder]
    files = [file for each in found for file in sorted(each.glob("_ffi*.so"))]
    return [file.read_bytes() for file in files]
