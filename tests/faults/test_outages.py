"""The database goes away and comes back: typed answers meanwhile, nothing lost, no restart."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
from harness.database import create_tenant, rows
from harness.locks import locked
from harness.outages import UNAVAILABLE, ready
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import Cluster
from harness.processes import serving
from harness.registration_load import Load


def test_a_stopped_database_loses_nothing_and_needs_no_restart(
    fragile: Cluster, impatient: dict[str, str], postbox: Postbox
):
    with serving("--workers", "2", **impatient) as service, Load(service.url) as load:
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


def test_the_page_of_a_tenants_link_opens_soon_without_a_database(
    fragile: Cluster, impatient: dict[str, str]
):
    tenant = create_tenant(impatient["DATABASE_URL"])
    with serving(**{**impatient, "DATABASE_TIMEOUT": "10"}) as service, fragile.frozen():
        begun = time.monotonic()
        with ThreadPoolExecutor(8) as threads:
            link = f"{service.url}/verify?tenant={tenant}"
            pages = list(threads.map(lambda _: httpx.get(link, timeout=20), range(8)))
        took = time.monotonic() - begun
        own = httpx.get(f"{service.url}/verify")

    assert {page.text for page in pages} == {own.text}
    assert took < 5


def test_a_database_with_no_connection_left_is_an_outage_that_passes(
    fragile: Cluster, impatient: dict[str, str]
):
    # A role of its own, as a superuser always finds a connection.
    fragile.execute("CREATE ROLE shop LOGIN; GRANT pg_read_all_data, pg_write_all_data TO shop")
    theirs = impatient["DATABASE_URL"].replace("postgres@", "shop@")
    with serving(**{**impatient, "DATABASE_URL": theirs}) as service:
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
    fragile: Cluster, impatient: dict[str, str]
):
    fragile.execute("CREATE DATABASE shop TEMPLATE postgres")
    with serving(**{**impatient, "DATABASE_URL": fragile.url("shop")}) as service:
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
    fragile: Cluster, impatient: dict[str, str]
):
    fragile.execute("ALTER DATABASE postgres SET lock_timeout = '100ms'")
    with serving(**impatient) as service, locked(fragile.url("postgres"), "users"):
        assert service.register() == UNAVAILABLE


def test_a_database_that_hangs_makes_a_quiet_server_unready_in_time(
    fragile: Cluster, impatient: dict[str, str]
):
    with serving(**{**impatient, "DATABASE_TIMEOUT": "10"}) as service:
        assert ready(service.url) == 200
        with fragile.frozen():
            begun = time.monotonic()
            status = httpx.get(f"{service.url}/readyz", timeout=30).status_code
            took = time.monotonic() - begun

    assert status == 503
    assert took < 5  # the server gives it two seconds; ending its statement would take ten
