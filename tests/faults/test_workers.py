"""What is counted is counted exactly, on any number of workers, in either storage."""

from collections import Counter
from collections.abc import Iterator

import pytest
from harness.database import rows
from harness.inbox import Postbox, eventually, wrong
from harness.parallel_requests import all_at_once, at_once
from harness.postgres import Cluster, free_port
from harness.processes import COMMAND, Process, serving
from harness.tools import find_tool

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


def people(count: int) -> list[dict[str, str]]:
    return [
        {"name": "Ada", "email": f"ada{number}@example.com", "password": "secure_password"}
        for number in range(count)
    ]


def kinds(answers: list[dict[str, object]]) -> Counter[object]:
    return Counter(answer["__typename"] for answer in answers)


@pytest.fixture
def redis_url() -> Iterator[str]:
    program = find_tool("redis-server", "valkey-server", get="apt-get install redis-server")
    port = free_port()
    with Process(program, "--port", str(port), "--save", "", "--bind", "127.0.0.1") as server:
        eventually(lambda: "Ready to accept" in server.output(), "Redis")
        yield f"redis://127.0.0.1:{port}/0"


@pytest.mark.parametrize("workers", ["1", "2", "4"])
def test_limits_and_attempts_are_the_same_with_any_number_of_workers(
    settings: dict[str, str], workers: str
):
    limited = {**settings, "LIMIT_REGISTER_CLIENT": "10/hour", "LIMIT_VERIFY_ADDRESS": "100/hour"}
    with serving("--workers", workers, **limited) as service:
        registered = at_once(service, "register", people(40))
        guesses = [{"email": "nobody@example.com", "otp": "123456"}] * 120
        guessed = at_once(service, "verify_email", guesses)

    assert kinds(registered) == {"RegisterSuccess": 10, "RateLimitedError": 30}
    assert kinds(guessed) == {
        "InvalidOtpError": 5,
        "TooManyAttemptsError": 95,
        "RateLimitedError": 20,
    }


def test_wrong_and_right_codes_and_resends_at_once_never_wait_in_a_circle(
    settings: dict[str, str], postbox: Postbox, cluster: Cluster, database_url: str
):
    with serving("--workers", "4", **settings, RATE_LIMITS="off") as service:
        at_once(service, "register", people(40))
        codes = {person["email"]: postbox.code(person["email"]) for person in people(40)}
        logged = len(cluster.log())
        requests = [
            ("verify_email", {"email": email, "otp": typed})
            for email, code in codes.items()
            for typed in [wrong(code), code] * 5
        ]
        resends = [("resend_verification", {"email": email}) for email in codes]
        answers = kinds(all_at_once(service, [*requests, *resends]))

    assert answers.keys() == {
        "VerifyEmailSuccess",
        "InvalidOtpError",
        "TooManyAttemptsError",
        "ResendVerificationSuccess",
    }
    assert "ERROR" not in cluster.log()[logged:]
    verified = rows(database_url, "SELECT id FROM users WHERE is_verified")
    # However often the right code came.
    entries = rows(database_url, "SELECT id FROM audit_entries WHERE action = 'verified'")
    assert len(entries) == len(verified) > 0


def test_a_redis_counts_as_exactly_as_the_database(settings: dict[str, str], redis_url: str):
    limited = {**settings, "LIMIT_REGISTER_CLIENT": "10/hour", "RATE_LIMIT_URL": redis_url}
    with serving("--workers", "2", **limited) as service:
        registered = at_once(service, "register", people(40))
        resent = at_once(service, "resend_verification", [{"email": "nobody@example.com"}] * 20)

    assert kinds(registered) == {"RegisterSuccess": 10, "RateLimitedError": 30}
    assert kinds(resent) == {"ResendVerificationSuccess": 1, "RateLimitedError": 19}
    refused = next(answer for answer in resent if answer["__typename"] == "RateLimitedError")
    assert 1 <= refused["retryAfterSeconds"] <= 60


def test_a_redis_that_is_away_is_an_outage(settings: dict[str, str]):
    nobody = f"redis://127.0.0.1:{free_port()}/0"
    with serving(**settings, RATE_LIMIT_URL=nobody) as service:
        answer = service.resend()

    assert answer == {
        "__typename": "UnavailableError",
        "message": "Service temporarily unavailable. Please try again",
        "retryAfterSeconds": 2,
    }


def test_each_mail_leaves_once_though_four_workers_look_for_it(
    settings: dict[str, str], postbox: Postbox
):
    with serving("--workers", "4", **settings) as service:
        at_once(service, "register", people(40))
        eventually(lambda: len(postbox.mails) >= 40, "all mails")

    assert Counter(recipient for recipient, _ in postbox.mails) == {
        person["email"]: 1 for person in people(40)
    }


def test_a_worker_of_its_own_delivers_what_the_api_leaves_to_it(
    settings: dict[str, str], postbox: Postbox
):
    with serving("--no-delivery", **settings) as service:
        service.register()
        public = {"PUBLIC_URL": "https://shop.example"}
        with Process(COMMAND, "mail", "worker", **settings, **public) as worker:
            assert len(postbox.code("ada@example.com")) == 6
            # Not the API, but the worker sent it.
            eventually(lambda: "sent, attempt 1" in worker.output(), "the worker's own line")
            assert worker.stop() == 0
