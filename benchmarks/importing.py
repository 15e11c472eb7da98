"""`make importing`: a user base of 100,000 comes in and goes out again, on both databases.

Prints seconds and the greatest resident memory of the command: for a tenth of the people first, so
that what grows with them shows, then for all of them, for the same file again, and for the export.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from harness.processes import COMMAND
from timing import postgres_settings

from server.settings import PREFIX

_HASH = "$2b$12$abcdefghijklmnopqrstuuqREtd3VJD2QVZbuFskFSLk6eRIrQoOS"


def _file(path: Path, people: int, name: str) -> Path:
    with path.open("w") as file:
        for number in range(people):
            file.write(
                f'{{"name": "A Person", "email": "{name}{number}@example.com", "role": "customer", '
                f'"tenant": null, "verified": true, "created": "2020-01-01T00:00:00Z", '
                f'"passwordHash": "{_HASH}"}}\n'
            )
    return path


def _measure(title: str, *arguments: str, settings: dict[str, str]) -> None:
    environ = {**os.environ, **{f"{PREFIX}{name}": value for name, value in settings.items()}}
    begun = time.perf_counter()
    process = subprocess.Popen([COMMAND, "users", *arguments], env=environ)  # noqa: S603 - our own
    peak = 0
    while process.poll() is None:
        peak = max(peak, _peak_mib(process.pid))
        time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(process.returncode)
    print(f"{title:20}{time.perf_counter() - begun:7.1f} s{peak:7} MiB", flush=True)


def _peak_mib(pid: int) -> int:
    # Not getrusage's, which begins with the peak of the process that started this one.
    with suppress(FileNotFoundError, ProcessLookupError):
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) // 1024 if found else 0
    return 0


def main(people: int) -> None:
    with tempfile.TemporaryDirectory() as folder, postgres_settings() as postgres:
        tenth = _file(Path(folder) / "tenth.jsonl", people // 10, "few")
        whole = _file(Path(folder) / "whole.jsonl", people, "many")
        out = Path(folder) / "out.jsonl"
        for name, settings in (("SQLite", {"DATA_DIR": folder}), ("PostgreSQL", postgres)):
            print(name)
            for title, arguments in (
                (f"import {people // 10:,}", ("import", str(tenth))),
                (f"import {people:,}", ("import", str(whole))),
                ("the same again", ("import", str(whole))),
                ("export of all", ("export", str(out), "--yes")),
            ):
                _measure(title, *arguments, settings=settings)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
