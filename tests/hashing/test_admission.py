"""Many who come at once are served while there is time, and the others are refused at once."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from harness.hashing_load import MEMORY, SLOW, THREADS, at_once, person, wrong_login
from harness.processes import Server, serving

QUICK = {"ARGON2_MEMORY_KIB": "1024", "ARGON2_ITERATIONS": "1"}
"""Milliseconds: a loaded machine hashes a hundred within the two seconds that anybody waits."""

SLACK = 64 * 1024
"""KiB for everything else that the requests of a test take; a hash each would be ten times that."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Hashes are slow, and nobody waits for more than one after another."""
    folder = tmp_path_factory.mktemp("data")
    with serving(DATA_DIR=str(folder), **SLOW, HASHING_WAIT="0.1", RATE_LIMITS="off") as server:
        at_once(server, "login", wrong_login, 1)  # so that it knows how long a hash takes
        yield server


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


def test_the_first_crowd_of_a_process_is_refused_as_well_before_a_hash_has_ended(tmp_path: Path):
    slower = {**SLOW, "ARGON2_ITERATIONS": "10", "HASHING_WAIT": "0.1", "REQUEST_TIMEOUT": "120"}
    with serving(DATA_DIR=str(tmp_path), **slower, RATE_LIMITS="off") as server:
        answers, _ = at_once(server, "register", person, 100)

    kinds = Counter(answer.kind for answer in answers)
    assert kinds.keys() == {"RegisterSuccess", "UnavailableError"}
    # Five for each thread at first. A busy machine lets more in, as hashes end while others arrive.
    assert kinds["RegisterSuccess"] < 50


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
