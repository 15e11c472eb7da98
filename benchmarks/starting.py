"""From the start of `connectx serve` to its first answer, against importing its libraries."""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from resource import RUSAGE_CHILDREN, getrusage
from typing import NamedTuple
from unittest.mock import patch

from harness.database import migrate
from harness.postgres import free_port
from harness.processes import COMMAND, Process
from offering import OTHER_CORES, SERVER_CORES, cpu_seconds, on, post
from people import SECRET_KEY
from report import Finding

NAMES = ["start"]

_IMPORTS = "import strawberry, tortoise, starlette"
_ASK = post("/graphql", {"query": "{ __typename }"})
_ANSWER = b'{"data":{"__typename":"Query"}}'
_PATIENCE = 60.0


class Took(NamedTuple):
    seconds: float
    cpu: float
    """Seconds of it that a core has worked for the process, which other work does not lengthen."""


def starting(*, rounds: int) -> Iterator[Finding]:
    """The row, from the medians of both in turn."""
    served: list[Took] = []
    imported: list[Took] = []
    # A single round is a trial, in which both may find what was compiled before.
    compiled = _compiled if rounds > 1 else nullcontext
    with tempfile.TemporaryDirectory() as folder, on(OTHER_CORES), compiled(folder):
        settings = {
            "DATABASE_URL": f"sqlite://{folder}/connectx.sqlite3",
            "DATA_DIR": folder,
            "SECRET_KEY": SECRET_KEY,
        }
        migrate(settings["DATABASE_URL"])
        if rounds > 1:
            _first_answer(settings)  # so that both find their modules compiled, and in memory
            _importing()
        for _ in range(rounds):
            served.append(_first_answer(settings))
            imported.append(_importing())
    ratios = [here.seconds / there.seconds for here, there in zip(served, imported, strict=True)]
    here, there = _median(served), _median(imported)
    yield Finding(
        name="start",
        what="start to first answer",
        against=f"python -c '{_IMPORTS}'",
        ratio=here.seconds / there.seconds,
        scatter=(min(ratios), max(ratios)),
        goal=2.0,
        at_least=False,
        note=f"{here.seconds:.2f} and {there.seconds:.2f} s; of the CPU alone "
        f"{here.cpu / there.cpu:.2f} ({here.cpu:.2f} and {there.cpu:.2f} s)",
        numbers={
            "served": [each._asdict() for each in served],
            "imported": [each._asdict() for each in imported],
        },
    )


def _median(runs: list[Took]) -> Took:
    return Took(*map(statistics.median, zip(*runs, strict=True)))


@contextmanager
def _compiled(folder: str) -> Iterator[None]:
    """Modules are compiled by who imports them first, as they are where this is installed."""
    with patch.dict(os.environ, PYTHONPYCACHEPREFIX=folder):
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        yield


def _importing() -> Took:
    begun, before = time.perf_counter(), getrusage(RUSAGE_CHILDREN)
    with on(SERVER_CORES):
        subprocess.run([sys.executable, "-W", "ignore", "-c", _IMPORTS], check=True)  # noqa: S603 - this interpreter
    seconds, after = time.perf_counter() - begun, getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(seconds, cpu)


def _first_answer(settings: dict[str, str]) -> Took:
    port, begun = free_port(), time.perf_counter()
    with on(SERVER_CORES):
        process = Process(COMMAND, "serve", "--port", str(port), **settings)
    with process as server:  # whoever asks for the first answer takes no time from it
        while not _answered(port):
            if not server.runs or time.perf_counter() > begun + _PATIENCE:
                raise RuntimeError(server.output())
            time.sleep(0.002)
        return Took(time.perf_counter() - begun, cpu_seconds(server.pid))


def _answered(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(_ASK)
        received = b""
        while not received.endswith(_ANSWER) and (more := connection.recv(4096)):
            received += more
        return received.endswith(_ANSWER)
    return False
