"""Runs `connectx` commands in processes that are forked from one that has imported it.

The tests run hundreds of commands, and each would import the same modules for half a second. Tests
of what a command's own start does begin `harness.processes.COMMAND` instead.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["server.cli.main", __name__])


def run_forked(
    arguments: Sequence[str], *, environ: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """What one command printed, and its exit code."""
    with TemporaryDirectory() as folder:
        printed = Path(folder, "stdout"), Path(folder, "stderr")
        process = _FORKS.Process(
            target=_run, args=(arguments, dict(environ), Path.cwd(), [*map(str, printed)])
        )
        process.start()
        process.join(timeout)
        if process.is_alive():
            process.kill()
            raise subprocess.TimeoutExpired(["connectx", *arguments], timeout)
        code = process.exitcode
        assert code is not None
        return subprocess.CompletedProcess(
            ["connectx", *arguments], code, *(each.read_text("utf-8") for each in printed)
        )


def _run(
    arguments: Sequence[str], environ: dict[str, str], folder: Path, printed: Sequence[str]
) -> None:
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(folder)
    for number, path in enumerate([os.devnull, *printed]):
        opened = os.open(path, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, closefd=False, encoding="utf-8")  # noqa: SIM115 - the process's
    sys.stdout = open(1, "w", closefd=False, encoding="utf-8")  # noqa: SIM115
    sys.stderr = open(2, "w", closefd=False, encoding="utf-8", buffering=1)  # noqa: SIM115
    sys.argv = ["connectx", *arguments]
    from server.cli.main import run_command

    run_command()
