"""Several servers in one URL: the one that takes writes is used, and another if it is gone."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import httpx
import pytest
from harness.database import rows
from harness.doctor_findings import about, ask
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import Cluster
from harness.processes import connectx, serving
from harness.registration_load import Load
from harness.settings import SECRET_KEY

SYNCHRONOUS = "-c synchronous_standby_names='*'"
LIMIT = 10.0
"""Seconds from the end of the primary to the first registration at the standby."""


def both(first: Cluster, second: Cluster, options: str = "target_session_attrs=read-write") -> str:
    hosts = f"127.0.0.1:{first.port},127.0.0.1:{second.port}"
    return f"postgres://postgres@{hosts}/postgres?{options}"


@pytest.fixture
def settings(postbox: Postbox) -> dict[str, str]:
    return {"SECRET_KEY": SECRET_KEY, "SMTP_URL": postbox.url, "RATE_LIMITS": "off"}


@pytest.fixture
def synchronous(primary: Cluster, standby: Cluster) -> Cluster:
    """The primary, which waits for its standby with each commit."""
    primary.stop()
    primary.start(options=SYNCHRONOUS)
    state = "SELECT sync_state FROM pg_stat_replication"
    eventually(lambda: primary.execute(state).strip() == "sync", "the standby")
    return primary


@contextmanager
def crashed(primary: Cluster) -> Iterator[None]:
    """The primary has ended, which closes its connections."""
    primary.stop("immediate")
    yield
    primary.start()  # for its fixture, which stops it


@pytest.mark.parametrize("gone", [crashed, Cluster.frozen], ids=["in a crash", "in silence"])
def test_registrations_go_on_at_a_promoted_standby_without_a_restart_and_none_is_lost(
    synchronous: Cluster,
    standby: Cluster,
    settings: dict[str, str],
    gone: Callable[[Cluster], AbstractContextManager[None]],
):
    url = both(synchronous, standby)
    with (
        serving("--workers", "2", **settings, DATABASE_URL=url) as server,
        Load(server.url) as load,
    ):
        eventually(lambda: len(load.registered) > 20, "registrations")
        with gone(synchronous):
            since, before = time.monotonic(), len(load.registered)
            standby.promote()
            # Up to four were under way, and may be answered yet.
            eventually(lambda: len(load.registered) > before + 4, "a registration", patience=LIMIT)
            print(f"{time.monotonic() - since:.1f} s")  # noqa: T201 - shown by -s
            eventually(lambda: len(load.registered) > before + 20, "registrations")
            eventually(lambda: httpx.get(f"{server.url}/readyz").is_success, "readiness")
            load.__exit__(None, None, None)

        assert set(load.answers.values()) == {"RegisterSuccess", "UnavailableError"}
        assert load.lost == set(), "every request was answered"
        stored = {row["email"] for row in rows(standby.url("postgres"), "SELECT email FROM users")}
        assert load.registered <= stored


def test_a_commit_that_waits_for_a_standby_keeps_no_connection(
    synchronous: Cluster, standby: Cluster, settings: dict[str, str]
):
    url = synchronous.url("postgres")
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    with serving(**settings, DATABASE_URL=url, DATABASE_TIMEOUT="1") as server:
        standby.stop()
        answers = [server.register(email=f"{each}@example.com") for each in range(3)]
        eventually(lambda: synchronous.execute(waiting).strip() == "0", "the cancellations")
        standby.start()

    assert {answer["__typename"] for answer in answers} == {"UnavailableError"}


def test_the_one_of_several_servers_that_takes_writes_is_used(
    primary: Cluster, standby: Cluster, settings: dict[str, str]
):
    with serving(**settings, DATABASE_URL=both(standby, primary, "connect_timeout=3")) as server:
        assert server.register()["__typename"] == "RegisterSuccess"
        assert "PostgreSQL at 127.0.0.1:" in server.output()

    assert len(rows(primary.url("postgres"), "SELECT id FROM users")) == 1


def test_a_server_that_is_gone_in_silence_does_not_keep_the_others_from_being_used(
    primary: Cluster, settings: dict[str, str]
):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hosts = f"127.0.0.1:{silent.getsockname()[1]},127.0.0.1:{primary.port}"
        url = f"postgres://postgres@{hosts}/postgres"
        status = connectx("db", "status", DATABASE_URL=f"{url}?connect_timeout=1")
        # A health check has less time than the silent server is given.
        with serving(**settings, DATABASE_URL=url, DATABASE_TIMEOUT="5") as server:
            assert server.register()["__typename"] == "RegisterSuccess"

    assert (status.returncode, status.stderr) == (0, "")


def test_what_no_synchronous_standby_has_is_not_answered_with_success(
    synchronous: Cluster, standby: Cluster, settings: dict[str, str]
):
    given = {**settings, "DATABASE_URL": both(synchronous, standby), "DATABASE_TIMEOUT": "2"}
    with serving(**given) as server:
        standby.stop()
        answer = server.register()
        ready = httpx.get(f"{server.url}/readyz", timeout=10).status_code
        standby.start()
        eventually(lambda: httpx.get(f"{server.url}/readyz").is_success, "readiness")
        again = server.register(email="grace@example.com")

    assert answer["__typename"] == "UnavailableError"
    assert ready == 503
    assert again["__typename"] == "RegisterSuccess"


def test_doctor_tells_what_a_failover_may_lose(
    primary: Cluster, standby: Cluster, settings: dict[str, str]
):
    def replication() -> list[tuple[str, str]]:
        _, found = ask(**settings, DATABASE_URL=both(primary, standby))
        return about("replication", found)

    assert replication() == [
        ("warning", "asynchronous: a failover loses what the standby has not received yet")
    ]
    primary.stop()
    primary.start(options=SYNCHRONOUS)
    waits = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
    eventually(lambda: primary.execute(waits).strip() == "1", "the standby")
    assert replication() == [("ok", "synchronous: a standby has what is answered with success")]
    primary.execute("ALTER DATABASE postgres SET synchronous_commit = off")
    assert replication() == [
        ("warning", "synchronous_commit is off: a crash of the server loses the last moments")
    ]
