"""What a worker holds in memory: idle, and while people register for as long as one asks for."""

import statistics
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import psutil
from cases import REGISTERED
from crowd import requests
from offering import SERVER_CORES, family, offer, post
from orders import Load, Order
from report import Finding
from rounds import Side

NAMES = ["memory"]

_IDLE_MIB = 90
_THREAD_MIB = 25
_NOISE_MIB = 2.0
"""What the median of a third of a run may differ from that of another without having grown."""


def worker_mib(pid: int) -> tuple[float, float]:
    """RSS and USS of the largest process among a server and its workers, in MiB."""
    held = [each.memory_full_info() for each in family(pid)]
    return max(each.rss for each in held) / 2**20, max(each.uss for each in held) / 2**20


def idle(real: Side) -> Finding:
    """The row of a server with one worker that has answered queries, and hashed nothing yet.

    The memory of a first hash stays with its thread: `loaded` has that.
    """
    asked = [post(real.path, {"query": "{ __typename }"})] * 5
    offer(Order(real.port, asked, 5, [b'"Query"'], connections=1))
    rss, uss = worker_mib(real.pid)
    return _row("memory_idle", "MiB of a worker, idle", _IDLE_MIB, rss, f"USS {uss:.0f} MiB")


def loaded(real: Side, *, seconds: float, tell: Callable[[str], None]) -> Iterator[Finding]:
    """Rows for the same worker while people register, and for its growth."""
    with ThreadPoolExecutor(1) as beside:
        many = requests("memory", int(100 * seconds * len(SERVER_CORES)) + 10)
        order = Order(real.port, many, seconds, [REGISTERED])
        running = beside.submit(offer, order)
        samples = _samples(real.pid, running, seconds, tell)
        load = running.result()
    third = len(samples) // 3
    middle, last = (
        statistics.median(each) for each in (samples[third : 2 * third], samples[-third:])
    )
    threads = len(SERVER_CORES)
    broken = [f"failed: {load.strange[-300:]!r}"] if load.count("strange") else []
    note = f"{load.total} registrations in {load.seconds:.0f} s"
    allowed = _IDLE_MIB + _THREAD_MIB * threads
    most = _row("memory_load", "MiB of a worker under load", allowed, max(samples), note)
    most.broken = broken
    yield most
    grown = f"{middle:.1f} MiB in the second third of the time, {last:.1f} in the last"
    yield _row("memory_growth", "growth under load", middle + _NOISE_MIB, last, grown)


def _samples(
    pid: int, running: "Future[Load]", seconds: float, tell: Callable[[str], None]
) -> list[float]:
    """RSS in MiB, twenty times or more."""
    samples = []
    while True:
        process = psutil.Process(pid)
        samples.append(process.memory_info().rss / 2**20)
        tell(".")
        try:
            running.result(timeout=seconds / 20)
        except TimeoutError:
            continue
        return samples


def _row(name: str, what: str, allowed: float, found: float, note: str) -> Finding:
    return Finding(
        name=name,
        what=what,
        against=f"{allowed:.0f} MiB",
        ratio=found / allowed,
        goal=1.0,
        at_least=False,
        note=f"{found:.1f} MiB; {note}",
        numbers={"mib": found, "allowed_mib": allowed},
    )
