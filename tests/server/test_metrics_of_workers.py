"""The metrics of several workers, who come and go."""

import os
import signal
from pathlib import Path

import psutil
import pytest
from harness.metrics_scrapes import Samples, samples
from harness.parallel_requests import at_once, people
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import free_port
from harness.processes import serving

postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


def connections(told: Samples) -> float:
    return sum(told["connectx_database_connections", kind] for kind in ("in_use", "idle"))


@postgres
@pytest.mark.parametrize("workers", [1, 3])
def test_all_workers_are_counted_and_none_twice(
    settings: dict[str, str], postbox: Postbox, workers: int
):
    port = free_port()
    private = f"http://127.0.0.1:{port}"
    watched = {**settings, "METRICS_PORT": str(port), "METRICS": "on", "DATABASE_POOL": "5"}
    postbox.answer = "451 come back later"

    with serving("--workers", str(workers), **watched) as server:
        at_once(server, "register", people(30))

        def settled() -> bool:
            now = samples(private)
            return (
                now["connectx_mails", "queued"] == 30
                and now["connectx_database_connections_max",] == 5 * workers
                and connections(now) > 0
                and all(now["connectx_hashes", state] == 0 for state in ("running", "waiting"))
            )

        # Each worker looks at its pool and at the queue in its own time.
        eventually(settled, "what was sampled after the registrations")
        told = samples(private)
        public = samples(server.url)

    assert told["connectx_mutations_total", "register", "RegisterSuccess"] == 30
    assert told["connectx_mutation_duration_seconds_count", "register"] == 30
    assert told["connectx_mails", "failed"] == 0
    assert 0 < told["connectx_mails_oldest_seconds",] < 120
    assert connections(told) <= 5 * workers
    assert public.keys() == told.keys()


def test_the_file_of_a_worker_that_has_just_begun_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    port = free_port()
    with serving(DATA_DIR=str(tmp_path), METRICS_PORT=str(port)) as server:
        server.register()
        [folder] = tmp_path.glob("connectx-metrics-*")
        (folder / "counter_1.db").touch()

        told = samples(f"http://127.0.0.1:{port}")

    assert told["connectx_mutations_total", "register", "RegisterSuccess"] == 1


@postgres
def test_a_worker_that_died_takes_its_gauges_along_and_leaves_its_counts(
    settings: dict[str, str],
):
    port = free_port()
    private = f"http://127.0.0.1:{port}"
    watched = {**settings, "METRICS_PORT": str(port), "DATABASE_POOL": "5"}
    with serving("--workers", "2", **watched) as server:
        at_once(server, "register", people(10))
        eventually(
            lambda: samples(private)["connectx_database_connections_max",] == 10, "both pools"
        )
        children = psutil.Process(server.pid).children()
        victims = [child.pid for child in children if "spawn_main" in " ".join(child.cmdline())]
        assert len(victims) == 2
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
        eventually(
            lambda: samples(private).get(("connectx_database_connections_max",), 0) < 10,
            "the end of the dead",
        )
        eventually(
            lambda: samples(private).get(("connectx_database_connections_max",)) == 10,
            "their successors",
            patience=60,
        )
        told = samples(private)

    assert told["connectx_mutations_total", "register", "RegisterSuccess"] == 10
