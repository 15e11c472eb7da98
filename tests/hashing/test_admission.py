"""More passwords than the machine can hash: a short line waits, and the rest is refused at once."""

import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
import psutil
import pytest
from harness.paths import OPERATIONS
from harness.processes import Server, serving

THREADS = len(os.sched_getaffinity(0))
QUEUE = 2
MEMORY = 32 * 1024
"""KiB for each hash."""
SLACK = 64 * 1024
"""KiB for everything else that the requests of a test take; a hash each would be ten times that."""
COST = {"ARGON2_MEMORY_KIB": str(MEMORY), "ARGON2_ITERATIONS": "64", "HASHING_QUEUE": str(QUEUE)}
PARALLEL = THREADS + QUEUE + 20
NUMBERS = count()

UNAVAILABLE = {
    "__typename": "UnavailableError",
    "message": "Service temporarily unavailable. Please try again",
    "retryAfterSeconds": 1,
}


@dataclass
class Answer:
    value: dict[str, Any]
    seconds: float

    @property
    def kind(self) -> str:
        return str(self.value["__typename"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Hashes that take longer than all requests to arrive, and hardly anybody may wait."""
    folder = tmp_path_factory.mktemp("data")
    with serving(DATA_DIR=str(folder), **COST, RATE_LIMITS="off") as server:
        yield server


def at_once(
    server: Server, operation: str, given: Callable[[], dict[str, str]]
) -> tuple[list[Answer], int]:
    """The answers to parallel requests, and the most memory (bytes) that the server took."""
    query = (OPERATIONS / f"{operation}.graphql").read_text()

    async def ask(http: httpx.AsyncClient) -> Answer:
        begun = time.monotonic()
        body = {"query": query, "variables": {"input": given()}}
        answer = await http.post("/graphql", json=body)
        return Answer(next(iter(answer.json()["data"].values())), time.monotonic() - begun)

    async def ask_all() -> tuple[list[Answer], int]:
        limits = httpx.Limits(max_connections=PARALLEL)
        async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=limits) as http:
            # The connections first, so that only the answers are timed.
            await asyncio.gather(*(http.get("/healthz") for _ in range(PARALLEL)))
            asked = asyncio.gather(*(ask(http) for _ in range(PARALLEL)))
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


@pytest.mark.parametrize(
    ("operation", "given", "served"),
    [
        ("register", person, "RegisterSuccess"),
        ("login", wrong_login, "InvalidCredentialsError"),
    ],
)
def test_whoever_finds_the_line_full_is_refused_at_once_and_the_others_are_served(
    server: Server, operation: str, given: Callable[[], dict[str, str]], served: str
):
    before = psutil.Process(server.pid).memory_info().rss
    answers, most = at_once(server, operation, given)
    refused = [answer for answer in answers if answer.kind == "UnavailableError"]

    assert Counter(answer.kind for answer in answers) == {
        served: THREADS + QUEUE,
        "UnavailableError": PARALLEL - THREADS - QUEUE,
    }
    assert [answer.value for answer in refused] == [UNAVAILABLE] * len(refused)
    # Other tests may run beside this one, so the clock is the work itself.
    assert max(answer.seconds for answer in refused) < max(answer.seconds for answer in answers)
    # One hash a thread, and the requests themselves; those that wait hold no memory for theirs.
    assert most - before < (THREADS * MEMORY + SLACK) * 1024


def test_the_line_moves_on(server: Server):
    at_once(server, "register", person)

    again, _ = at_once(server, "login", wrong_login)

    assert Counter(answer.kind for answer in again)["InvalidCredentialsError"] == THREADS + QUEUE


def test_the_log_says_once_a_second_that_the_line_is_full_and_each_request_its_outcome(
    server: Server,
):
    before = len(server.output())

    answers, _ = at_once(server, "register", person)

    lines = [json.loads(line) for line in server.output()[before:].splitlines()]
    refused = Counter(answer.kind for answer in answers)["UnavailableError"]
    assert [line["outcome"] for line in lines if "outcome" in line].count(
        "UnavailableError"
    ) == refused
    places = THREADS + QUEUE
    full = f"the hashing queue is full: {places} requests have a place, further ones are refused"
    said = [line for line in lines if line["event"] == full]
    longest = max(answer.seconds for answer in answers)
    assert 1 <= len(said) <= 1 + longest < refused
