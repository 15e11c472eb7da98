"""Builds Argon2 from its source for this machine's processor, in place of the published wheel.

That hashes up to twice as fast. Where there is no C compiler, or the build fails, the
wheel stays. The result is for this processor: docs/deployment.md says how to build for another one.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = "argon2-cffi-bindings"
_FLAGS = "-O3 -march=native"

# A hash of the reference implementation (phc-winner-argon2, README).
_TRY = """
from argon2 import PasswordHasher
PasswordHasher().verify("$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG",
    "password")
"""


def main() -> int:
    if shutil.which(os.environ.get("CC", "cc")) is None:
        print("Argon2: the published wheel, as there is no C compiler")
        return 0
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirement:
        requirement.write(_locked())
        requirement.flush()
        built = _install(requirement.name, "--no-cache-dir", "--no-binary", PACKAGE) and _works()
        if not built:
            _install(requirement.name)
    print(f"Argon2: {'built for this processor' if built else 'the published wheel'}")
    return 0


def _locked() -> str:
    """The package's lines of the lock file, its hashes included."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    found = re.search(rf"^{PACKAGE}==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise SystemExit(f"requirements.txt does not lock {PACKAGE}")
    return found[0]


def _install(requirement: str, *options: str) -> bool:
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    pip += ["--force-reinstall", "--no-deps", "--require-hashes", "-r", requirement, *options]
    flags = f"{_FLAGS} {os.environ.get('CFLAGS', '')}".strip()
    done = subprocess.run(
        pip, env={**os.environ, "CFLAGS": flags}, capture_output=True, text=True, check=False
    )
    return done.returncode == 0


def _works() -> bool:
    return subprocess.run([sys.executable, "-c", _TRY], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
