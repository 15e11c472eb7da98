"""The Prometheus metrics. Labels come from the code, never from a request."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from accounts.breached.look_up import LookUpOutcome
from accounts.hashing.admission import Load
from accounts.hashing.jobs import Queue
from mail.outbox import Backlog
from models.sql.pool_use import PoolUse

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds: from an early rejection to the default of CONNECTX_REQUEST_TIMEOUT."""


class Metrics:
    """The metrics of one process. `outcomes` has the result types of each mutation."""

    def __init__(self, outcomes: Mapping[str, Sequence[str]]) -> None:
        self.registry = CollectorRegistry()
        self.mutation = _Mutations(self.registry, outcomes).observe
        self.hashing = _Hashes(self.registry).set
        self.look_ups = _LookUps(self.registry).add
        self.pool = _Connections(self.registry).set
        self.mails = _Mails(self.registry).set


class _Mutations:
    def __init__(self, registry: CollectorRegistry, outcomes: Mapping[str, Sequence[str]]) -> None:
        mutations = Counter(
            "connectx_mutations", "Mutations.", ["mutation", "outcome"], registry=registry
        )
        seconds = Histogram(
            "connectx_mutation_duration_seconds",
            "From the start of a mutation to its answer.",
            ["mutation"],
            buckets=_BUCKETS,
            registry=registry,
        )
        # All label sets exist from the start, so those without a hit are exported as 0.
        self._mutations = {
            (name, kind): mutations.labels(name, kind)
            for name, kinds in outcomes.items()
            for kind in kinds
        }
        self._seconds = {name: seconds.labels(name) for name in outcomes}

    def observe(self, name: str, outcome: str, seconds: float) -> None:
        self._mutations[name, outcome].inc()
        self._seconds[name].observe(seconds)


class _Hashes:
    def __init__(self, registry: CollectorRegistry) -> None:
        add = partial(_gauge, registry)
        hashes = add("connectx_hashes", "Password hashes.", "livesum", ["state"])
        self._running, self._waiting = hashes.labels("running"), hashes.labels("waiting")
        wait = add("connectx_hash_wait_seconds", "Expected wait for a hash.", "livemax", ["line"])
        self._wait = {queue: wait.labels(queue.value) for queue in Queue}
        self._refused = Counter(
            "connectx_hashes_refused", "Requests that would wait too long.", registry=registry
        )
        self._refused_before = 0

    def set(self, load: Load) -> None:
        self._running.set(load.running)
        self._waiting.set(load.waiting)
        for queue, seconds in load.wait_seconds.items():
            self._wait[queue].set(seconds)
        self._refused.inc(load.refused - self._refused_before)
        self._refused_before = load.refused


class _LookUps:
    def __init__(self, registry: CollectorRegistry) -> None:
        look_ups = Counter(
            "connectx_breached_lookups",
            "Passwords that were looked for in the list of breached ones.",
            ["outcome"],
            registry=registry,
        )
        self._look_ups = {each: look_ups.labels(each.value) for each in LookUpOutcome}
        self._before = dict.fromkeys(LookUpOutcome, 0)

    def add(self, outcomes: Mapping[LookUpOutcome, int]) -> None:
        """Adds what came since the last call. `outcomes` counts from the start."""
        for outcome, count in outcomes.items():
            self._look_ups[outcome].inc(count - self._before[outcome])
            self._before[outcome] = count


class _Connections:
    def __init__(self, registry: CollectorRegistry) -> None:
        add = partial(_gauge, registry)
        pool = add("connectx_database_connections", "PostgreSQL connections.", "livesum", ["state"])
        self._in_use, self._idle = pool.labels("in_use"), pool.labels("idle")
        self._most = add(
            "connectx_database_connections_max", "Largest size of the pools.", "livesum"
        )

    def set(self, use: PoolUse) -> None:
        self._in_use.set(use.in_use)
        self._idle.set(use.idle)
        self._most.set(use.most)


class _Mails:
    def __init__(self, registry: CollectorRegistry) -> None:
        # All workers query the same database: the newest value is right, a sum would be wrong.
        add, mode = partial(_gauge, registry), "mostrecent"
        mails = add("connectx_mails", "Mails in the outbox, queued or failed.", mode, ["state"])
        self._queued, self._failed = mails.labels("queued"), mails.labels("failed")
        self._oldest = add("connectx_mails_oldest_seconds", "Age of the oldest queued mail.", mode)

    def set(self, backlog: Backlog | None) -> None:
        """Sets the outbox gauges; NaN if `backlog` is None: the database does not answer."""
        self._queued.set(backlog.queued if backlog else float("nan"))
        self._failed.set(backlog.failed if backlog else float("nan"))
        self._oldest.set(backlog.oldest_seconds if backlog else float("nan"))


def _gauge(
    registry: CollectorRegistry, name: str, text: str, mode: str, labels: Sequence[str] = ()
) -> Gauge:
    return Gauge(
        name,
        text,
        labels,
        multiprocess_mode=mode,  # type: ignore[arg-type] # one of the library's literals
        registry=registry,
    )


class _AllWorkers(MultiProcessCollector):
    def collect(self) -> Iterator[Metric]:
        folder = Path(self._path)
        for path in folder.glob("gauge_live*_*.db"):
            pid = int(path.stem.rpartition("_")[2])
            if not _is_running(pid):
                with suppress(FileNotFoundError):  # by another scrape
                    mark_process_dead(pid, self._path)  # type: ignore[no-untyped-call] # has no types
        files = [str(path) for path in folder.glob("*.db") if _is_written(path)]
        yield from self.merge(files)  # type: ignore[no-untyped-call] # has no types


def _is_written(path: Path) -> bool:
    """Whether a worker has written to the file; the library cannot read an empty one."""
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def multiprocess_registry() -> CollectorRegistry:
    """A registry with the metrics of all workers on this node, aggregated by each gauge's mode."""
    registry = CollectorRegistry()
    _AllWorkers(registry)  # type: ignore[no-untyped-call] # has no types
    return registry
