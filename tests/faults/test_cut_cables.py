"""A cut cable to the database keeps nobody waiting for longer than the timeout."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from harness.log_lines import lines
from harness.outages import UNAVAILABLE, ready
from harness.polling import eventually
from harness.postgres import Cluster
from harness.processes import Server, serving
from harness.tcp_proxy import TcpProxy

UNKNOWN = "019b7e00-0000-7000-8000-000000000000"
QUERIES = [
    "{ viewer { id } }",
    f'{{ registrationPolicy(tenant: "{UNKNOWN}") {{ roles }} }}',
    f'{{ verificationStatus(id: "{UNKNOWN}") }}',
] * 2


SUBSCRIPTION = f'subscription {{ verificationChanged(id: "{UNKNOWN}") }}'


@pytest.fixture
def proxied(fragile: Cluster, impatient: dict[str, str]) -> Iterator[tuple[Server, TcpProxy]]:
    """A server, and the cable to its database."""
    proxy = TcpProxy(fragile.port)
    url = impatient["DATABASE_URL"].replace(str(fragile.port), str(proxy.port))
    try:
        with serving(**{**impatient, "DATABASE_URL": url}) as service:
            yield service, proxy
    finally:
        proxy.close()


def test_a_cut_cable_is_answered_within_the_timeout(proxied: tuple[Server, TcpProxy]):
    service, proxy = proxied
    service.register()
    proxy.cut()
    begun = time.monotonic()

    answer = service.login()

    assert answer == UNAVAILABLE
    assert time.monotonic() - begun < 5
    assert ready(service.url) == 503
    proxy.mend()
    eventually(lambda: ready(service.url) == 200, "readiness", patience=30)
    eventually(lambda: service.resend() != UNAVAILABLE, "service", patience=30)


def test_queries_and_subscriptions_are_answered_within_the_timeout_however_many_wait(
    proxied: tuple[Server, TcpProxy],
):
    service, proxy = proxied
    service.register()
    proxy.cut()

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
    proxied: tuple[Server, TcpProxy],
):
    service, proxy = proxied
    service.register()
    proxy.cut()

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
