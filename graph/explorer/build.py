"""Builds GraphiQL into `dist/`, with the machine's Node.js or one from the Python package index.

Without either the server still runs, and its page says what to do.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent
_REQUIREMENTS = _HERE.parent.parent / "requirements-node.txt"
_OLDEST = 20
"""The oldest major version of Node.js that Vite 8 runs on."""


def build() -> None:
    """Raises CalledProcessError if npm or Vite fails."""
    npm = _npm()
    _run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])
    _run([npm, "run", "--silent", "build"])


def _npm() -> str:
    if not _has_node():
        print("No Node.js 20 or newer here: installing one into .venv", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "-q", "--require-hashes"]
        subprocess.run([*pip, "-r", str(_REQUIREMENTS)], check=True)
        binaries = Path(sys.executable).parent
        os.environ["PATH"] = f"{binaries}{os.pathsep}{os.environ['PATH']}"
    return shutil.which("npm") or "npm"


def _has_node() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    version = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
    major = version.stdout.lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= _OLDEST


def _run(command: list[str]) -> None:
    subprocess.run(command, cwd=_HERE, check=True)


if __name__ == "__main__":
    try:
        build()
    except (subprocess.CalledProcessError, OSError) as error:
        sys.stderr.write(
            f"GraphiQL was not built: {error}\n"
            "The server works without it; `make explorer` tries again.\n"
        )
        if os.environ.get("CI"):
            raise SystemExit(1) from None
        # A page that says what to do is served meanwhile, so `make run` goes on.
        (_HERE / "dist").mkdir(exist_ok=True)
