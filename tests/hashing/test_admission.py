"""Bursts, crowds and floods: who is served, in what time, and who is told to come back later."""

import asyncio
import json
import os
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from harness.database import rows
from harness.inbox import eventually
from harness.metrics_scrapes import samples
from harness.paths import OPERATIONS
from harness.processes import Server, serving

THREADS = len(os.sched_getaffinity(0))
QUICK = {"ARGON2_MEMORY_KIB": "1024", "ARGON2_ITERATIONS": "1"}
"""Milliseconds: a loaded machine hashes a hundred within the two seconds that anybody waits."""
MEMORY = 64 * 1024
"""KiB for each hash."""
SLACK = 64 * 1024
"""KiB for everything else that the requests of a test take; a hash each would be ten times that."""
SLOW = {"ARGON2_MEMORY_KIB": str(MEMORY), "ARGON2_ITERATIONS": "4"}
PATIENT = {**SLOW, "ARGON2_ITERATIONS": "2", "HASHING_WAIT": "60", "REQUEST_TIMEOUT": "120"}
PARALLEL = 40
NUMBERS = count()


@dataclass
class Answer:
    value: dict[str, Any]
    seconds: float

    @property
    def kind(self) -> str:
        return str(self.value["__typename"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Hashes are slow, and nobody waits for more than one after another."""
    folder = tmp_path_factory.mktemp("data")
    with serving(DATA_DIR=str(folder), **SLOW, HASHING_WAIT="0.1", RATE_LIMITS="off") as server:
        at_once(server, "login", wrong_login, 1)  # so that it knows how long a hash takes
        yield server


def body(operation: str, given: dict[str, str]) -> dict[str, Any]:
    query = (OPERATIONS / f"{operation}.graphql").read_text()
    return {"query": query, "variables": {"input": given}}


def at_once(
    server: Server, operation: str, given: Callable[[], dict[str, str]], parallel: int = PARALLEL
) -> tuple[list[Answer], int]:
    """The answers to parallel requests, and the most memory (bytes) that the server took."""

    async def ask(http: httpx.AsyncClient) -> Answer:
        begun = time.monotonic()
        answer = await http.post("/graphql", json=body(operation, given()))
        return Answer(next(iter(answer.json()["data"].values())), time.monotonic() - begun)

    async def ask_all() -> tuple[list[Answer], int]:
        limits = httpx.Limits(max_connections=parallel)
        async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=limits) as http:
            # The connections first, so that only the answers are timed.
            await asyncio.gather(*(http.get("/healthz") for _ in range(parallel)))
            asked = asyncio.gather(*(ask(http) for _ in range(parallel)))
            most = 0
            while not asked.done():
                most = max(most, psutil.Process(server.pid).memory_info().rss)
                await asyncio.wait({asked}, timeout=0.02)
            return await asked, most

    return asyncio.run(ask_all())


def person() -> dict[str, str]:
    email = f"person{next(NUMBERS)}@example.com"
    return {"name": "Ada", "email": email, "password": "secure_password"}


def wrong_login() -> dict[str, str]:
    return {"email": "ada@example.com", "password": "wrong_password"}


EVERYBODY = pytest.mark.parametrize(
    ("operation", "given", "served"),
    [
        ("register", person, "RegisterSuccess"),
        ("login", wrong_login, "InvalidCredentialsError"),
    ],
)


@EVERYBODY
def test_a_hundred_who_come_at_the_same_moment_are_all_served(
    tmp_path: Path, operation: str, given: Callable[[], dict[str, str]], served: str
):
    with serving(DATA_DIR=str(tmp_path), **QUICK, RATE_LIMITS="off") as server:
        at_once(server, operation, given, 10)
        answers, _ = at_once(server, operation, given, 100)

    assert Counter(answer.kind for answer in answers) == {served: 100}


@EVERYBODY
def test_whoever_would_wait_too_long_is_refused_at_once_and_the_others_are_served(
    server: Server, operation: str, given: Callable[[], dict[str, str]], served: str
):
    before = psutil.Process(server.pid).memory_info().rss
    answers, most = at_once(server, operation, given)
    refused = [answer for answer in answers if answer.kind == "UnavailableError"]
    kinds = Counter(answer.kind for answer in answers)

    assert kinds.keys() == {served, "UnavailableError"}
    assert kinds[served] >= THREADS
    assert refused[0].value["message"] == "Service temporarily unavailable. Please try again."
    assert min(answer.value["retryAfterSeconds"] for answer in refused) >= 1
    # Other tests may run beside this one, so the clock is the work itself.
    assert max(answer.seconds for answer in refused) < max(answer.seconds for answer in answers)
    # One hash a thread, and the requests themselves; those that wait hold no memory for theirs.
    assert most - before < (THREADS * MEMORY + SLACK) * 1024


def test_the_log_says_once_a_second_that_hashing_is_at_its_limit_and_each_request_its_outcome(
    server: Server,
):
    before = len(server.output())

    answers, _ = at_once(server, "register", person)

    lines = [json.loads(line) for line in server.output()[before:].splitlines()]
    refused = Counter(answer.kind for answer in answers)["UnavailableError"]
    assert [line["outcome"] for line in lines if "outcome" in line].count(
        "UnavailableError"
    ) == refused
    said = [line for line in lines if line["event"].startswith("hashing is at its limit")]
    longest = max(answer.seconds for answer in answers)
    assert 1 <= len(said) <= 1 + longest < refused


def test_a_flood_of_registrations_does_not_keep_others_from_logging_in(tmp_path: Path):
    """Of the many registrations that came before it, a login waits for a few."""
    with serving(DATA_DIR=str(tmp_path), **PATIENT, RATE_LIMITS="off", METRICS="on") as server:

        async def ask(http: httpx.AsyncClient, operation: str, given: dict[str, str]) -> None:
            answer = await http.post("/graphql", json=body(operation, given))
            assert "UnavailableError" not in answer.text

        async def flood() -> None:
            limits = httpx.Limits(max_connections=PARALLEL + 1)
            async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=limits) as http:
                registering = asyncio.gather(
                    *(ask(http, "register", person()) for _ in range(PARALLEL))
                )
                while samples(server.url)["connectx_hashes", "waiting"] < PARALLEL / 2:
                    await asyncio.wait({registering}, timeout=0.05)
                for _ in range(3):
                    await ask(http, "login", wrong_login())
                await registering

        asyncio.run(flood())
        written = server.output().splitlines()
        logged = [json.loads(line) for line in written if line.startswith("{")]

    registered = [ended for _, ended in times(logged, "RegisterSuccess")]
    logins = times(logged, "InvalidCredentialsError")
    assert (len(registered), len(logins)) == (PARALLEL, 3)
    meanwhile = [sum(begun < each <= ended for each in registered) for begun, ended in logins]
    # Those that run already, one for each turn of its own, and those that run beside it.
    assert max(meanwhile) <= 3 * THREADS
    assert registered[-1] > logins[-1][1]


def times(logged: list[dict[str, Any]], outcome: str) -> list[tuple[datetime, datetime]]:
    """When requests with this outcome came, and when they were answered, by the server's log."""
    found = []
    for line in logged:
        if line.get("outcome") == outcome:
            ended = datetime.fromisoformat(line["timestamp"])
            found.append((ended - timedelta(milliseconds=line["duration_ms"]), ended))
    return found


def test_whoever_has_hung_up_is_not_registered(tmp_path: Path):
    data = tmp_path / "data"
    with serving(DATA_DIR=str(data), **PATIENT, RATE_LIMITS="off", METRICS="on") as server:
        waiting = [send(server, body("register", person())) for _ in range(PARALLEL)]
        eventually(
            lambda: samples(server.url)["connectx_hashes", "waiting"] > PARALLEL / 2, "a long line"
        )
        for each in waiting:
            each.close()
        answers, _ = at_once(server, "register", person, 1)
        registered = rows(f"sqlite://{data}/connectx.sqlite3", "SELECT email FROM users")

    assert answers[0].kind == "RegisterSuccess"
    assert len(registered) < PARALLEL / 2


def send(server: Server, value: dict[str, Any]) -> socket.socket:
    """A connection on which a request was sent."""
    url = httpx.URL(server.url)
    text = json.dumps(value).encode()
    head = f"POST /graphql HTTP/1.1\r\nHost: {url.host}\r\nContent-Type: application/json\r\n"
    connection = socket.create_connection((url.host, url.port))
    connection.sendall(f"{head}Content-Length: {len(text)}\r\n\r\n".encode() + text)
    return connection
