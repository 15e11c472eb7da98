"""Load from a client in a process of its own, and what it costs the server."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import psutil
from orders import Load, Order

_CLIENT = str(Path(__file__).with_name("client.py"))
_ALL = sorted(os.sched_getaffinity(0))

SERVER_CORES = frozenset(_ALL[: max(1, len(_ALL) // 2)])
"""Where the server under test runs, and what it is compared with: the first half of the cores."""
OTHER_CORES = frozenset(_ALL[max(1, len(_ALL) // 2) :]) or SERVER_CORES
"""Where the database, the client and the mail server run."""


@contextmanager
def on(cores: frozenset[int]) -> Iterator[None]:
    """Processes that are started meanwhile stay on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def offer(order: Order, *, cores: frozenset[int] = OTHER_CORES) -> Load:
    """What came back from the load that is ordered. The client runs on these cores."""
    with on(cores):
        done = subprocess.run(  # noqa: S603 - a script of ours
            [sys.executable, "-W", "ignore", _CLIENT],
            input=pickle.dumps(order),
            stdout=subprocess.PIPE,
            check=True,
        )
    load: Load = pickle.loads(done.stdout)  # noqa: S301 - written by a script of ours
    return load


def post(path: str, body: object, *, token: str | None = None) -> bytes:
    """A request as bytes."""
    content = orjson.dumps(body)
    authorization = f"authorization: Bearer {token}\r\n" if token else ""
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\n"
        f"content-type: application/json\r\n{authorization}content-length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def family(pid: int) -> list[psutil.Process]:
    """A process and all that it started."""
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def cpu_seconds(pid: int) -> float:
    """Seconds of a core that a process and its workers have taken so far."""
    times = [member.cpu_times() for member in family(pid)]
    return sum(each.user + each.system for each in times)
