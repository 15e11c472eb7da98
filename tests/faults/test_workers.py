"""What is counted is counted exactly, on any number of workers."""

import os
import signal
from collections import Counter
from contextlib import suppress

import psutil
import pytest
from harness.codes import wrong
from harness.database import rows
from harness.parallel_requests import Ask, all_at_once, at_once, kinds, people
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import Cluster
from harness.processes import COMMAND, Process, Server, serving
from harness.registration_load import Load

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


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
            Ask("verify_email", {"email": email, "otp": typed})
            for email, code in codes.items()
            for typed in [wrong(code), code] * 5
        ]
        resends = [Ask("resend_verification", {"email": email}) for email in codes]
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


def test_each_mail_leaves_once_though_four_workers_look_for_it(
    settings: dict[str, str], postbox: Postbox
):
    with serving("--workers", "4", **settings) as service:
        at_once(service, "register", people(40))
        eventually(lambda: len(postbox.mails) >= 40, "all mails")

    assert Counter(recipient for recipient, _ in postbox.mails) == {
        person["email"]: 1 for person in people(40)
    }


def test_a_killed_worker_is_replaced_while_the_others_go_on(
    settings: dict[str, str], database_url: str
):
    """Who was connected to it gets no answer; everybody else notices nothing."""
    with serving("--workers", "4", **settings) as service:
        before = worker_pids(service)
        with Load(service.url) as load:
            eventually(lambda: len(load.registered) > 20, "registrations")
            os.kill(min(before), signal.SIGKILL)
            killed_at = len(load.registered)
            eventually(
                lambda: len(worker_pids(service) - before) == 1, "another worker", patience=60
            )
            eventually(lambda: len(load.registered) > killed_at + 20, "further registrations")
        after = worker_pids(service)

    assert len(after) == 4
    assert len(after & before) == 3
    assert set(load.answers.values()) == {"RegisterSuccess"}
    assert len(load.lost) <= 4, "each of four threads was connected to one worker"
    stored = {row["email"] for row in rows(database_url, "SELECT email FROM users")}
    assert load.registered <= stored


def worker_pids(server: Server) -> set[int]:
    """Those of the supervisor's processes that serve; its others only keep track of resources."""
    serving = set()
    for child in psutil.Process(server.pid).children():
        with suppress(psutil.NoSuchProcess):  # also a killed one whose end nobody has noticed yet
            if any("spawn_main" in word for word in child.cmdline()):
                serving.add(child.pid)
    return serving


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
