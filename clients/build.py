"""Builds a folder of web sources into its `dist/`: `python clients/build.py clients/web`.

Takes the machine's Node.js, or one from the Python package index.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

_REQUIREMENTS = Path(__file__).parent.parent / "requirements-node.txt"
_BINARIES = Path(sys.executable).parent
_MADE_OF = {"web": "react"}
"""The folder beside another one that is built before it, as it is made of what comes out."""
_OLDEST = 20
"""The oldest major version of Node.js that Vite 8 runs on."""


def build(folder: Path) -> None:
    """Raises CalledProcessError if npm, or the folder's build, fails."""
    if folder.name in _MADE_OF:
        build(folder.parent / _MADE_OF[folder.name])
    npm = _npm()
    lock, installed = folder / "package-lock.json", folder / "node_modules" / ".installed-lock.json"
    if not installed.is_file() or installed.read_bytes() != lock.read_bytes():
        _run(folder, npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
        shutil.copyfile(lock, installed)
    _run(folder, npm, "run", "--silent", "build")


def _npm() -> str:
    """The path of npm, beside a Node.js that is new enough and on the PATH."""
    if not _has_node():
        # One that an earlier build has put into the virtual environment comes before an old one.
        os.environ["PATH"] = f"{_BINARIES}{os.pathsep}{os.environ['PATH']}"
    if not _has_node():
        print("No Node.js 20 or newer here: installing one beside Python", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "-q", "--require-hashes"]
        subprocess.run([*pip, "-r", str(_REQUIREMENTS)], check=True)
    return shutil.which("npm") or "npm"


def _has_node() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    version = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
    major = version.stdout.lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= _OLDEST


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Build a folder of web sources into its dist/.")
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--optional", action="store_true", help="go on without it, except where CI is set"
    )
    asked = parser.parse_args()
    try:
        build(asked.folder)
    except (subprocess.CalledProcessError, OSError) as error:
        sys.stderr.write(f"{asked.folder} was not built: {error}\n")
        if not asked.optional or os.environ.get("CI"):
            raise SystemExit(1) from None
        sys.stderr.write("The server works without it.\n")


if __name__ == "__main__":
    main()
