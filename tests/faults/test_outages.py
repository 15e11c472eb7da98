"""The database goes away and comes back: typed answers meanwhile, nothing lost, no restart."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from harness.cuttable_wire import Wire
from harness.database import migrate, rows
from harness.inbox import Postbox, eventually
from harness.locks import locked
from harness.log_lines import lines
from harness.postgres import Cluster
from harness.processes import Server, serving
from harness.registration_load import Load
from harness.settings import SECRET_KEY

UNAVAILABLE = {
    "__typename": "UnavailableError",
    "message": "Service temporarily unavailable. Please try again.",
    "retryAfterSeconds": 2,
}

UNKNOWN = "019b7e00-0000-7000-8000-000000000000"
QUERIES = [
    "{ viewer { id } }",
    f'{{ registrationPolicy(tenant: "{UNKNOWN}") {{ roles }} }}',
    f'{{ verificationStatus(id: "{UNKNOWN}") }}',
] * 2


SUBSCRIPTION = f'subscription {{ verificationChanged(id: "{UNKNOWN}") }}'


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Cluster]:
    """A PostgreSQL of the test's own, with few connections and a migrated database."""
    cluster = Cluster()
    cluster.start(options="-c max_connections=20 -c superuser_reserved_connections=3")
    migrate(cluster.url("postgres"))
    yield cluster
    cluster.stop("immediate")


@pytest.fixture
def settings(fragile: Cluster, postbox: Postbox) -> dict[str, str]:
    return {
        "DATABASE_URL": fragile.url("postgres"),
        "DATABASE_TIMEOUT": "2",
        "REQUEST_TIMEOUT": "3",
        "DATABASE_POOL": "4",
        "SECRET_KEY": SECRET_KEY,
        "SMTP_URL": postbox.url,
        "RATE_LIMITS": "off",
        "MAIL_LEASE": "2",
    }


@pytest.fixture
def wired(fragile: Cluster, settings: dict[str, str]) -> Iterator[tuple[Server, Wire]]:
    """A server, and the cable to its database."""
    wire = Wire(fragile.port)
    url = settings["DATABASE_URL"].replace(str(fragile.port), str(wire.port))
    try:
        with serving(**{**settings, "DATABASE_URL": url}) as service:
            yield service, wire
    finally:
        wire.close()


def ready(url: str) -> int:
    return httpx.get(f"{url}/readyz", timeout=10).status_code


def test_a_stopped_database_loses_nothing_and_needs_no_restart(
    fragile: Cluster, settings: dict[str, str], postbox: Postbox
):
    with serving("--workers", "2", **settings) as service, Load(service.url) as load:
        for round_ in range(2):
            before = len(load.registered)
            eventually(lambda: len(load.registered) > before + 20, "registrations")  # noqa: B023 - called at once
            fragile.stop()
            assert ready(service.url) == 503
            assert service.register(email=f"nobody{round_}@example.com") == UNAVAILABLE
            fragile.start(options="-c max_connections=20")
            eventually(lambda: ready(service.url) == 200, "readiness")
        after = len(load.registered)
        eventually(lambda: len(load.registered) > after + 20, "registrations after the outage")
        load.__exit__(None, None, None)

        stored = {row["email"] for row in rows(fragile.url("postgres"), "SELECT email FROM users")}
        assert load.registered <= stored
        assert set(load.answers.values()) == {"RegisterSuccess", "UnavailableError"}, (
            service.output()
        )
        assert load.lost == set(), "every request was answered"
        assert load.slowest < 5
        eventually(lambda: len({to for to, _ in postbox.mails}) >= len(stored), "all mails")


def test_a_cut_cable_is_answered_within_the_timeout(wired: tuple[Server, Wire]):
    service, wire = wired
    service.register()
    wire.cut()
    begun = time.monotonic()

    answer = service.login()

    assert answer == UNAVAILABLE
    assert time.monotonic() - begun < 5
    assert ready(service.url) == 503
    wire.mend()
    eventually(lambda: ready(service.url) == 200, "readiness", patience=30)
    eventually(lambda: service.resend() != UNAVAILABLE, "service", patience=30)


def test_queries_and_subscriptions_are_answered_within_the_timeout_however_many_wait(
    wired: tuple[Server, Wire],
):
    service, wire = wired
    service.register()
    wire.cut()

    def ask(query: str) -> list[str]:
        errors = service.execute(query, token="any")["errors"]
        return [error["extensions"]["code"] for error in errors]

    with ThreadPoolExecutor(4 * len(QUERIES)) as pool:
        waiting = pool.map(subscribe, [service.url] * len(QUERIES))
        answers = [*pool.map(ask, QUERIES * 3), *waiting]

    assert answers == [["UNAVAILABLE"]] * len(answers)
    # By the server's clock: two dozen clients that begin at once take seconds of their own.
    eventually(lambda: len(durations(service)) == len(answers), "their lines")
    assert max(durations(service)) < 5_000


def test_a_subscription_whose_connection_hangs_is_answered_within_the_timeout(
    wired: tuple[Server, Wire],
):
    service, wire = wired
    service.register()
    wire.cut()

    assert [subscribe(service.url) for _ in range(3)] == [["UNAVAILABLE"]] * 3
    assert max(durations(service)) < 5_000


def subscribe(url: str) -> list[str]:
    """The codes of the errors that a subscription is answered with."""
    accept = {"accept": "text/event-stream"}
    events = httpx.post(f"{url}/graphql", json={"query": SUBSCRIPTION}, headers=accept, timeout=20)
    return re.findall(r'"code":"(\w+)"', events.text)


def durations(server: Server) -> list[float]:
    """Milliseconds that each request took which changed nothing."""
    told = [line for line in lines(server) if line["event"] == "request"]
    return [line["duration_ms"] for line in told if "mutation" not in line]


def test_a_database_with_no_connection_left_is_an_outage_that_passes(
    fragile: Cluster, settings: dict[str, str]
):
    # A role of its own, as a superuser always finds a connection.
    fragile.execute("CREATE ROLE shop LOGIN; GRANT pg_read_all_data, pg_write_all_data TO shop")
    theirs = settings["DATABASE_URL"].replace("postgres@", "shop@")
    with serving(**{**settings, "DATABASE_URL": theirs}) as service:
        assert service.register()["__typename"] == "RegisterSuccess"
        fragile.execute("ALTER ROLE shop CONNECTION LIMIT 0")
        fragile.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'shop'"
        )

        answers = [service.register(email=f"{number}@example.com") for number in range(12)]

        assert answers == [UNAVAILABLE] * 12, "more than the pool has connections"
        assert ready(service.url) == 503
        fragile.execute("ALTER ROLE shop CONNECTION LIMIT -1")
        eventually(lambda: ready(service.url) == 200, "readiness")
        assert service.register(email="grace@example.com")["__typename"] == "RegisterSuccess"


def test_a_database_that_takes_no_connections_is_an_outage_that_passes(
    fragile: Cluster, settings: dict[str, str]
):
    fragile.execute("CREATE DATABASE shop TEMPLATE postgres")
    with serving(**{**settings, "DATABASE_URL": fragile.url("shop")}) as service:
        fragile.execute("ALTER DATABASE shop ALLOW_CONNECTIONS false")
        fragile.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shop'"
        )

        answers = [service.register(email=f"{number}@example.com") for number in range(12)]

        assert answers == [UNAVAILABLE] * 12
        fragile.execute("ALTER DATABASE shop ALLOW_CONNECTIONS true")
        eventually(lambda: ready(service.url) == 200, "readiness")
        assert service.register()["__typename"] == "RegisterSuccess"


def test_a_lock_that_the_database_does_not_wait_for_is_an_outage(
    fragile: Cluster, settings: dict[str, str]
):
    fragile.execute("ALTER DATABASE postgres SET lock_timeout = '100ms'")
    with serving(**settings) as service, locked(fragile.url("postgres"), "users"):
        assert service.register() == UNAVAILABLE
