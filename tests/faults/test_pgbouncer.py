"""Behind a PgBouncer that pools by transaction, all is as without it, or a message says why not."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest
from harness.codes import wrong
from harness.doctor_findings import about, ask
from harness.parallel_requests import at_once, kinds, people
from harness.pgbouncer import pgbouncer
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import Cluster, free_port
from harness.processes import COMMAND, Process, Server, connectx, serving
from harness.settings import SECRET_KEY

from models import upgrade

IGNORED = "ignore_startup_parameters = statement_timeout"
BY_TRANSACTION = ("pool_mode = transaction", IGNORED)
NO_CACHE = "?statement_cache_size=0"
CODES = 60


@pytest.fixture
def pooled(primary: Cluster) -> Iterator[str]:
    """The URL behind a PgBouncer with fewer connections than the workers have."""
    with pgbouncer(primary, *BY_TRANSACTION, "default_pool_size = 8") as url:
        yield url


@pytest.fixture
def settings(pooled: str, postbox: Postbox) -> dict[str, str]:
    return {
        "DATABASE_URL": pooled + NO_CACHE,
        "SECRET_KEY": SECRET_KEY,
        "SMTP_URL": postbox.url,
        "LIMIT_VERIFY_ADDRESS": "1000/hour",
    }


def test_the_tour_and_exact_counts_on_four_workers(settings: dict[str, str], postbox: Postbox):
    with serving("--workers", "4", **settings) as service:
        registered = kinds(at_once(service, "register", people(60)))
        codes = {person["email"]: postbox.code(person["email"]) for person in people(60)}
        guessed, *others = codes
        guesses = [{"email": guessed, "otp": wrong(codes[guessed])}] * CODES
        counted = kinds(at_once(service, "verify_email", guesses))
        right = [{"email": email, "otp": codes[email]} for email in others]
        verified = kinds(at_once(service, "verify_email", right))
        login = service.login(email=others[0])
        viewer = service.viewer(login["accessToken"])

        assert registered == {"RegisterSuccess": 60}
        assert counted == {"InvalidOtpError": 5, "TooManyAttemptsError": CODES - 5}
        assert verified == {"VerifyEmailSuccess": 59}
        assert viewer["email"] == others[0]
        assert "incident" not in service.output()
        assert "WARNING" not in service.output()


@pytest.mark.parametrize("way", ["direct", "pooled"])
def test_subscribers_are_told_and_at_once_where_a_direct_url_is_set(
    primary: Cluster, settings: dict[str, str], postbox: Postbox, way: str
):
    if way == "direct":
        settings["DATABASE_DIRECT_URL"] = primary.url("postgres")
    with serving("--workers", "4", **settings) as service:
        handle = service.register()["verification"]["id"]
        code = postbox.code("ada@example.com")
        begun = Barrier(9)

        with ThreadPoolExecutor(8) as pool:
            waiting = [pool.submit(seconds_until_told, service, handle, begun) for _ in range(8)]
            begun.wait(30)
            verified = time.monotonic()
            service.verify(code)
            took = max(each.result(30) for each in waiting) - verified

        # By a poll, which comes every ten seconds, or by a notification.
        assert took < (5 if way == "direct" else 15)
        assert ("CONNECTX_DATABASE_DIRECT_URL" in service.output()) == (way == "pooled")


def seconds_until_told(service: Server, handle: str, begun: Barrier) -> float:
    """Subscribes, and gives the time at which the stream said that the person is verified."""
    query = f'subscription {{ verificationChanged(id: "{handle}") }}'
    accept = {"accept": "text/event-stream"}
    with httpx.stream(
        "POST", f"{service.url}/graphql", json={"query": query}, headers=accept, timeout=30
    ) as events:
        for line in events.iter_lines():
            if "PENDING" in line:
                begun.wait(30)
            if "VERIFIED" in line:
                return time.monotonic()
    raise AssertionError("the stream has ended")


def test_nodes_may_upgrade_at_once_behind_it(primary: Cluster, pooled: str):
    primary.execute("CREATE DATABASE blank")
    url = f"{pooled.rpartition('/')[0]}/blank{NO_CACHE}"
    nodes = [Process(COMMAND, "db", "upgrade", DATABASE_URL=url) for _ in range(4)]

    assert [node.wait() for node in nodes] == [0] * 4, [node.output() for node in nodes]
    applied = sum(len(re.findall("applied", node.output())) for node in nodes)
    newest = list(upgrade.migrations("postgres").glob("[0-9]*_*.py"))
    assert applied == len(newest)
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
    eventually(lambda: primary.execute(held).strip() == "0", "the end of the lock")


def test_what_is_missing_is_told_at_the_start(primary: Cluster, pooled: str):
    given = {"SECRET_KEY": SECRET_KEY, "DATABASE_URL": pooled}
    port = str(free_port())
    refused = [connectx("serve", "--port", port, **given), connectx("db", "upgrade", **given)]
    refused.append(connectx("db", "status", **given))
    _, without_option = ask(**given)
    with pgbouncer(primary, "pool_mode = transaction") as strict:
        startup = connectx("db", "upgrade", DATABASE_URL=strict + NO_CACHE)
    direct = connectx("db", "upgrade", **given, DATABASE_DIRECT_URL=primary.url("postgres"))
    _, found = ask(**{**given, "DATABASE_URL": pooled + NO_CACHE})

    for answer in refused:
        assert answer.returncode == 2
        assert "Add the option statement_cache_size=0 to the URL." in answer.stderr
    assert startup.returncode == 2
    assert IGNORED in startup.stderr
    assert (direct.returncode, direct.stdout) == (0, "The schema is up to date.\n")
    [(state, what)] = about("pooler", without_option)
    assert (state, "statement_cache_size=0" in what) == ("failed", True)
    [(state, what)] = about("pooler", found)
    assert (state, "CONNECTX_DATABASE_DIRECT_URL" in what) == ("warning", True)


def test_a_pooler_that_refuses_transactions_is_told_at_the_start(primary: Cluster):
    given = {"SECRET_KEY": SECRET_KEY}
    with pgbouncer(primary, "pool_mode = statement", IGNORED) as pooler:
        urls = (pooler, pooler + NO_CACHE)
        refused = [connectx("db", "upgrade", **given, DATABASE_URL=url) for url in urls]
        refused += [connectx("db", "status", **given, DATABASE_URL=url) for url in urls]
        found = [about("pooler", ask(**given, DATABASE_URL=url)[1]) for url in urls]

    for answer in refused:
        assert answer.returncode == 2
        assert "pools by statement" in answer.stderr
    for [(state, what)] in found:
        assert (state, "pools by statement" in what) == ("failed", True)


def test_doctor_tells_where_the_direct_url_leads(primary: Cluster, settings: dict[str, str]):
    def told(url: str) -> tuple[str, str]:
        [finding] = about("direct url", ask(**settings, DATABASE_DIRECT_URL=url)[1])
        return finding

    assert told(primary.url("postgres"))[0] == "ok"
    assert told(settings["DATABASE_URL"])[0] == "warning"
    assert told(primary.url("template1"))[0] == "failed"
    state, what = told(f"postgres://postgres@127.0.0.1:{free_port()}/postgres")
    assert (state, "ConnectionRefusedError" in what) == ("failed", True)


def test_a_pooler_of_whole_sessions_needs_nothing(primary: Cluster, settings: dict[str, str]):
    with (
        pgbouncer(primary, "pool_mode = session", IGNORED, "default_pool_size = 20") as url,
        serving(**{**settings, "DATABASE_URL": url}) as service,
    ):
        assert service.register()["__typename"] == "RegisterSuccess"
        assert "pooler" not in service.output()
