"""From the start of `connectx serve` to its first answer, against importing its libraries."""

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress

from database import migrate
from offering import SERVER_CORES, on, post
from people import SECRET_KEY
from postgres import free_port
from process import COMMAND, Process
from report import Finding

NAMES = ["start"]

_IMPORTS = "import strawberry, tortoise, starlette"
_ASK = post("/graphql", {"query": "{ __typename }"})
_ANSWER = b'{"data":{"__typename":"Query"}}'
_PATIENCE = 60.0


def starting(*, rounds: int) -> Iterator[Finding]:
    """The row, from the medians of both in turn."""
    served: list[float] = []
    imported: list[float] = []
    with tempfile.TemporaryDirectory() as folder, on(SERVER_CORES):
        settings = {
            "DATABASE_URL": f"sqlite://{folder}/connectx.sqlite3",
            "DATA_DIR": folder,
            "SECRET_KEY": SECRET_KEY,
        }
        migrate(settings["DATABASE_URL"])
        if rounds > 1:
            _first_answer(settings)  # so that both find their files in the machine's memory
        for _ in range(rounds):
            served.append(_first_answer(settings))
            imported.append(_importing())
    ratios = [here / there for here, there in zip(served, imported, strict=True)]
    yield Finding(
        name="start",
        what="start to first answer",
        against=f"python -c '{_IMPORTS}'",
        ratio=statistics.median(served) / statistics.median(imported),
        scatter=(min(ratios), max(ratios)),
        goal=2.0,
        at_least=False,
        note=f"{statistics.median(served):.2f} and {statistics.median(imported):.2f} s",
        numbers={"served_s": served, "imported_s": imported},
    )


def _importing() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-W", "ignore", "-c", _IMPORTS], check=True)  # noqa: S603 - this interpreter
    return time.perf_counter() - begun


def _first_answer(settings: dict[str, str]) -> float:
    port, begun = free_port(), time.perf_counter()
    with Process(COMMAND, "serve", "--port", str(port), **settings) as server:
        while not _answered(port):
            if not server.runs or time.perf_counter() > begun + _PATIENCE:
                raise RuntimeError(server.output())
            time.sleep(0.002)
        return time.perf_counter() - begun


def _answered(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(_ASK)
        received = b""
        while not received.endswith(_ANSWER) and (more := connection.recv(4096)):
            received += more
        return received.endswith(_ANSWER)
    return False
