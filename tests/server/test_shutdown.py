"""A server that is asked to end finishes what it has begun, takes no more, and loses nothing."""

import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from harness.database import rows
from harness.locks import locked, until_a_statement_waits
from harness.parallel_requests import at_once
from harness.polling import eventually
from harness.postbox import Postbox
from harness.processes import COMMAND, Process, serving
from harness.registration_load import Load

LIMIT = 10
"""Seconds from the signal to the end."""

one_and_two_workers = pytest.mark.parametrize(
    ("database_url", "workers"),
    [("sqlite", "1"), ("postgres", "1"), ("postgres", "2")],
    indirect=["database_url"],
)


def stopped(process: Process) -> tuple[int, float]:
    """The exit code, and how many seconds it took."""
    begun = time.monotonic()
    return process.stop(), time.monotonic() - begun


def moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def held(url: str) -> list[dict[str, Any]]:
    """The mails that nobody could take at this moment, and that have not been sent."""
    mails = rows(
        url, "SELECT recipient, due_at, claimed_by FROM outgoing_mails WHERE state != 'sent'"
    )
    now = datetime.now(UTC)
    return [mail for mail in mails if mail["claimed_by"] or moment(mail["due_at"]) > now]


def requests(output: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == "request"]


@one_and_two_workers
def test_a_server_that_is_stopped_under_load_has_answered_all_that_it_did(
    settings: dict[str, str], database_url: str, postbox: Postbox, workers: str
):
    settings |= {"RATE_LIMITS": "off"}
    with serving("--workers", workers, **settings) as server:
        with Load(server.url, name="stop", patience=20) as load:
            eventually(lambda: len(load.registered) > 20, "load", patience=60)
            code, seconds = stopped(server)
        output = server.output()
    stored = {row["email"] for row in rows(database_url, "SELECT email FROM users")}
    mails = {row["recipient"] for row in rows(database_url, "SELECT recipient FROM outgoing_mails")}

    assert (code, seconds < LIMIT) == (0, True)
    assert stored == mails == load.registered
    assert {line["status"] for line in requests(output)} == {200}
    assert "Traceback" not in output
    assert held(database_url) == []

    with serving("--workers", workers, **settings):
        eventually(lambda: len(postbox.mails) >= len(stored), "all mails", patience=60)
    assert Counter(recipient for recipient, _ in postbox.mails) == dict.fromkeys(stored, 1)


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_what_runs_is_answered_while_nobody_else_gets_in(
    settings: dict[str, str], database_url: str, workers: str
):
    people = [
        {"name": "Ada", "email": f"ada{number}@example.com", "password": "secure_password"}
        for number in range(6)
    ]
    with serving("--workers", workers, **settings) as server, ThreadPoolExecutor() as apart:
        with locked(database_url, "users"):
            asking = apart.submit(at_once, server, "register", people)
            # All of a registration; what a worker asks at its start may wait as well.
            until_a_statement_waits(database_url, count=len(people), begins="WITH released")
            ending = apart.submit(stopped, server)
            eventually(lambda: refuses(server.url), "the end of taking connections")
            assert not asking.done()
        kinds = Counter(answer["__typename"] for answer in asking.result())
        code, seconds = ending.result()

    assert kinds == {"RegisterSuccess": len(people)}
    assert (code, seconds < LIMIT) == (0, True)


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_who_waits_for_a_database_that_hangs_is_told_so_in_time(
    settings: dict[str, str], database_url: str, workers: str
):
    settings |= {"DATABASE_TIMEOUT": "60", "REQUEST_TIMEOUT": "60"}
    body = {
        "query": 'mutation { resendVerification(input: {email: "a@example.com"}) { __typename } }'
    }
    with serving("--workers", workers, **settings) as server, ThreadPoolExecutor() as apart:
        with locked(database_url, "counters"):
            asking = apart.submit(server.http.post, "/graphql", json=body)
            until_a_statement_waits(database_url)
            code, seconds = stopped(server)
            answer = asking.result()
        output = server.output()

    assert (code, seconds < LIMIT) == (0, True)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.json() == {"errors": [{"message": "The server is stopping: try again"}]}
    assert [line["status"] for line in requests(output)] == [503]
    assert "Traceback" not in output


def refuses(url: str) -> bool:
    address = httpx.URL(url)
    try:
        socket.create_connection((address.host, address.port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.fixture
def mute() -> Iterator[str]:
    """A mail server that takes a call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"


def claimed(url: str) -> int:
    mails = rows(url, "SELECT state FROM outgoing_mails WHERE claimed_by IS NOT NULL")
    return sum(mail["state"] == "queued" for mail in mails)


@one_and_two_workers
def test_mails_that_are_claimed_are_back_in_the_queue_at_once(
    settings: dict[str, str], database_url: str, mute: str, workers: str
):
    with serving("--workers", workers, **{**settings, "SMTP_URL": mute}) as server:
        for number in range(5):
            server.register(email=f"ada{number}@example.com")
        eventually(lambda: claimed(database_url), "a claim")
        code, seconds = stopped(server)

    assert (code, seconds < LIMIT) == (0, True)
    assert held(database_url) == []


def test_a_mail_worker_gives_its_mails_back_as_well(
    settings: dict[str, str], database_url: str, mute: str
):
    public = {"PUBLIC_URL": "https://shop.example", "SMTP_URL": mute}
    with serving("--no-delivery", **settings) as server:
        for number in range(5):
            server.register(email=f"ada{number}@example.com")
    with Process(COMMAND, "mail", "worker", **{**settings, **public}) as worker:
        eventually(lambda: claimed(database_url) == 5, "a claim")
        code, seconds = stopped(worker)

    assert (code, seconds < LIMIT) == (0, True)
    assert held(database_url) == []
