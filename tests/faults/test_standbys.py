"""A server that only reads is an outage, and none of its sessions stays."""

import httpx
import pytest
from harness.database import rows
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import Cluster
from harness.processes import connectx, refused_start, serving
from harness.service import Service
from harness.settings import SECRET_KEY
from harness.tcp_proxy import TcpProxy

UNAVAILABLE = {
    "__typename": "UnavailableError",
    "message": "Service temporarily unavailable. Please try again.",
    "retryAfterSeconds": 2,
}


@pytest.fixture
def settings(primary: Cluster, postbox: Postbox) -> dict[str, str]:
    return {
        "DATABASE_URL": primary.url("postgres"),
        "DATABASE_TIMEOUT": "2",
        "SECRET_KEY": SECRET_KEY,
        "SMTP_URL": postbox.url,
        "RATE_LIMITS": "off",
    }


def readiness(service: Service) -> tuple[int, dict[str, str]]:
    answer = httpx.get(f"{service.url}/readyz", timeout=10)
    return answer.status_code, answer.json()


READ_ONLY = (503, {"status": "unavailable", "database": "read-only"})


def sessions(cluster: Cluster) -> int:
    """How many sessions of connectx the server has, but for its listener."""
    told = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'connectx'"
    return int(cluster.execute(told))


def test_an_address_that_moves_to_a_standby_is_an_outage_until_it_moves_back(
    primary: Cluster, standby: Cluster, settings: dict[str, str]
):
    proxy = TcpProxy(primary.port)
    moved = {
        **settings,
        "DATABASE_URL": primary.url("postgres").replace(str(primary.port), str(proxy.port)),
    }
    try:
        with serving(**moved) as service:
            assert service.register()["__typename"] == "RegisterSuccess"
            proxy.lead_to(standby.port)

            assert service.register(email="grace@example.com") == UNAVAILABLE
            assert service.login() == UNAVAILABLE
            assert readiness(service) == READ_ONLY
            assert sessions(standby) == 0
            proxy.lead_to(primary.port)

            eventually(lambda: readiness(service)[0] == 200, "readiness")
            assert service.register(email="grace@example.com")["__typename"] == "RegisterSuccess"
    finally:
        proxy.close()


def test_a_standby_is_refused_by_the_commands_that_need_more(
    standby: Cluster, settings: dict[str, str]
):
    there = {**settings, "DATABASE_URL": standby.url("postgres")}

    refused = [refused_start(**there), connectx("users", "list", **there)]
    read = connectx(
        "users",
        "list",
        **{**there, "DATABASE_URL": f"{there['DATABASE_URL']}?target_session_attrs=any"},
    )

    for one in refused:
        assert one.returncode == 2
        assert f"127.0.0.1:{standby.port} only reads: it is a standby" in one.stderr
    assert (read.returncode, read.stderr) == (0, "")


def test_a_server_that_becomes_read_only_loses_its_sessions_and_is_an_outage(
    primary: Cluster, settings: dict[str, str]
):
    with serving(**settings) as service:
        assert service.register()["__typename"] == "RegisterSuccess"
        primary.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        primary.execute("SELECT pg_reload_conf()")
        eventually(lambda: readiness(service) == READ_ONLY, "the server's own word")

        answers = [service.register(email=f"{number}@example.com") for number in range(12)]

        assert answers == [UNAVAILABLE] * 12
        assert service.resend() == service.login() == UNAVAILABLE
        eventually(lambda: sessions(primary) == 0, "the end of its sessions")
        primary.execute("ALTER SYSTEM RESET default_transaction_read_only")
        primary.execute("SELECT pg_reload_conf()")
        eventually(lambda: readiness(service)[0] == 200, "readiness")
        assert service.register(email="grace@example.com")["__typename"] == "RegisterSuccess"
        assert "incident" not in service.output()


def test_a_session_on_a_standby_that_was_asked_for_is_not_kept_after_a_refused_write(
    primary: Cluster, standby: Cluster, settings: dict[str, str]
):
    url = f"{standby.url('postgres')}?target_session_attrs=any"
    with serving(**{**settings, "DATABASE_URL": url}, ready=False) as service:
        eventually(lambda: readiness(service) == READ_ONLY, "an answer")

        assert service.register() == service.login() == service.resend() == UNAVAILABLE

        eventually(lambda: sessions(standby) == 0, "the end of its sessions")
        standby.promote()
        eventually(lambda: readiness(service)[0] == 200, "readiness")
        assert service.register()["__typename"] == "RegisterSuccess"


def test_asking_for_readiness_leaves_nothing_to_vacuum(primary: Cluster, settings: dict[str, str]):
    def versions() -> dict[str, int]:
        return rows(primary.url("postgres"), VERSIONS)[0]

    with serving(**settings) as service:
        eventually(lambda: versions()["updated"], "the end of the sweep, which updates its counter")
        before = versions()
        with httpx.Client(base_url=service.url) as http:
            assert {http.get("/readyz").status_code for _ in range(500)} == {200}
        after = versions()

    assert after == {**before, "inserted": 1}


VERSIONS = """
SELECT count(*) FILTER (WHERE key = 'check') AS inserted,
    pg_stat_get_tuples_updated('counters'::regclass) AS updated,
    pg_stat_get_dead_tuples('counters'::regclass) AS dead
FROM counters
"""
