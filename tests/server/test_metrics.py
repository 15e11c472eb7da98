"""What Prometheus is told."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from harness.database import rows
from harness.metrics_scrapes import Samples, samples
from harness.parallel_requests import at_once, people
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import free_port
from harness.processes import connectx, serving
from harness.service import Clock, Service, running

from graph.schema_export import outcomes

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@sqlite
def test_there_are_no_metrics_unless_they_are_asked_for(service: Service):
    assert service.http.get("/metrics").status_code == 404


@sqlite
def test_a_port_of_its_own_leaves_the_public_one_without(settings: dict[str, str]):
    port = free_port()
    with serving(**settings, METRICS_PORT=str(port)) as server:
        public = server.http.get("/metrics").status_code
        private = samples(f"http://127.0.0.1:{port}")

    assert public == 404
    assert private["connectx_mutations_total", "login", "LoginSuccess"] == 0


@sqlite
def test_every_outcome_of_the_schema_is_there_from_the_start_and_no_other_ever(
    settings: dict[str, str],
):
    with running(**settings, METRICS="on") as service:
        before = samples(service.url)
        service.login()
        service.execute("mutation Hunter2 { hunter2: logout { a: __typename } }")
        service.execute("mutation { hunter2 { __typename } }")
        after = samples(service.url)
    known = {(name, kind) for name, kinds in outcomes().items() for kind in kinds}

    assert {key[1:] for key in before if key[0] == "connectx_mutations_total"} == known
    assert before.keys() == after.keys()
    assert {key for key in after if key[0].endswith("_total") and after[key]} == {
        ("connectx_mutations_total", "login", "InvalidCredentialsError"),
        ("connectx_mutations_total", "logout", "UnauthenticatedError"),
    }
    assert after["connectx_mutation_duration_seconds_count", "login"] == 1
    assert after["connectx_mutation_duration_seconds_bucket", "+Inf", "logout"] == 1


def test_mails_that_were_given_up_and_the_age_of_the_oldest_are_told(
    settings: dict[str, str], database_url: str, postbox: Postbox, clock: Clock
):
    postbox.answer = "451 come back later"
    with running(clock, **settings, METRICS="on") as service:
        service.register()
        rows(database_url, "UPDATE outgoing_mails SET state = 'failed'")
        service.register(email="grace@example.com")
        rows(database_url, "UPDATE outgoing_mails SET due_at = '2027-01-01 00:00:00+00:00'")
        clock.advance(minutes=5)
        # The queue is looked at every five seconds.
        eventually(lambda: samples(service.url)["connectx_mails_oldest_seconds",] == 300, "its age")
        told = samples(service.url)
        assert (told["connectx_mails", "failed"], told["connectx_mails", "queued"]) == (1, 1)
        rows(database_url, "ALTER TABLE outgoing_mails RENAME TO away")
        eventually(lambda: unknown(samples(service.url)), "the end of knowing")


def unknown(told: Samples) -> bool:
    values = [value for key, value in told.items() if key[0].startswith("connectx_mails")]
    return len(values) == 3 and all(value != value for value in values)  # noqa: PLR0124 - NaN


def hashes(told: Samples) -> tuple[float, float]:
    return told["connectx_hashes", "running"], told["connectx_hashes", "waiting"]


@sqlite
def test_hashes_that_run_wait_and_are_refused_are_told(settings: dict[str, str]):
    slow = {"ARGON2_MEMORY_KIB": "65536", "ARGON2_ITERATIONS": "8", "HASHING_WAIT": "1"}
    slow["REQUEST_TIMEOUT"] = "60"  # whoever is admitted is served, also by a loaded machine
    seen: list[Samples] = []
    with running(**{**settings, **slow}, METRICS="on") as service:
        threads = len(os.sched_getaffinity(0))
        service.login()  # so that the server knows how long a hash takes
        with ThreadPoolExecutor() as apart:
            asking = apart.submit(at_once, service, "register", people(40))
            while not asking.done():
                seen.append(samples(service.url))
        kinds = Counter(answer["__typename"] for answer in asking.result())
        eventually(lambda: hashes(samples(service.url)) == (0, 0), "the end of the line")
        told = samples(service.url)

    busy = [each for each in seen if hashes(each)[0] == threads and hashes(each)[1]]
    assert busy
    assert max(running for running, _ in map(hashes, seen)) == threads
    assert all(each["connectx_hash_wait_seconds", "registration"] > 0 for each in busy)
    assert told["connectx_hashes_refused_total",] == kinds["UnavailableError"] > 0
    assert told["connectx_hash_wait_seconds", "registration"] == 0
    assert told["connectx_hash_wait_seconds", "login"] == 0


@sqlite
def test_a_taken_port_for_metrics_is_told_in_a_sentence(settings: dict[str, str]):
    port = free_port()
    with serving(**settings, METRICS_PORT=str(port)):
        second = connectx("serve", "--port", str(free_port()), **settings, METRICS_PORT=str(port))

    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr == (
        f"CONNECTX_METRICS_PORT: cannot listen on 127.0.0.1, port {port}: Address already in use.\n"
    )
