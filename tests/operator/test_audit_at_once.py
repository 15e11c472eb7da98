"""What is kept of things that happen at once, and of what comes to nothing."""

from collections import Counter

import pytest
from harness.audit_rows import actions
from harness.database import rows
from harness.parallel_requests import at_once
from harness.postbox import Postbox
from harness.service import Clock, Service, running

ADA = "ada@example.com"
PASSWORD = "secure_password"


def test_of_parallel_verifications_one_is_the_first(
    service: Service, postbox: Postbox, database_url: str
):
    service.register()
    given = {"email": ADA, "otp": postbox.code(ADA)}

    answers = at_once(service, "verify_email", [given] * 10)

    assert {answer["__typename"] for answer in answers} == {"VerifyEmailSuccess"}
    assert actions(database_url) == ["registered", "verified"]


def test_of_parallel_links_one_is_the_first(
    settings: dict[str, str], postbox: Postbox, database_url: str
):
    with running(Clock(), **settings, POLICY="church") as service:
        service.register(role="member")
        token = postbox.token(ADA)

        answers = at_once(service, "verify_email_by_link", [{"token": token}] * 10)

    assert {answer["__typename"] for answer in answers} == {"VerifyEmailSuccess"}
    assert actions(database_url) == ["registered", "verified"]


def test_a_code_that_may_not_be_spent_leaves_no_entry(
    service: Service, postbox: Postbox, database_url: str
):
    service.register()
    for _ in range(5):
        service.verify("000000")

    assert service.verify(postbox.code(ADA))["__typename"] == "TooManyAttemptsError"

    assert actions(database_url) == ["registered"]


@pytest.mark.slow
def test_each_parallel_registration_and_login_has_one_entry(service: Service, database_url: str):
    people = [f"person{number}@example.com" for number in range(8)]
    given = {"name": "Ada", "password": PASSWORD}

    at_once(service, "register", [{**given, "email": email} for email in people * 2])
    rows(database_url, "UPDATE users SET is_verified = TRUE")
    passwords = (PASSWORD, "wrong_password")
    at_once(
        service,
        "login",
        [{"email": email, "password": password} for email in people for password in passwords],
    )

    assert Counter(actions(database_url)) == {
        "registered": 8,
        "address_taken": 8,
        "logged_in": 8,
        "login_failed": 8,
    }
    assert len(rows(database_url, "SELECT id FROM sessions")) == 8
