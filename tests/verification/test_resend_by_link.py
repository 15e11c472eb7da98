"""Another mail for whoever has an older link, whose address nobody has to type."""

from collections.abc import Callable

import pytest
from harness.database import rows
from harness.polling import eventually
from harness.postbox import Postbox
from harness.service import Clock, Service, running

pytestmark = pytest.mark.settings(POLICY="church")

ADDRESS = "ada@example.com"
INVALID = {"__typename": "InvalidLinkError", "message": "This link is not valid."}


@pytest.fixture
def token(service: Service, postbox: Postbox) -> str:
    """Ada is registered, and this is what her link ends with. It has expired."""
    service.register(role="member")
    token = postbox.token(ADDRESS)
    service.clock.advance(hours=24)
    return token


def test_an_expired_link_brings_a_mail_whose_link_works(
    service: Service, postbox: Postbox, token: str
):
    answer = service.resend_by_link(f" {token} ")

    assert answer == {
        "__typename": "ResendVerificationSuccess",
        "message": "Verification email sent successfully.",
        "resendAvailableAt": "2026-01-03T03:05:05.678901+00:00",
    }
    newest = postbox.token(ADDRESS, count=2)
    assert service.verify_by_link(newest)["user"]["email"] == ADDRESS


def test_a_link_that_expired_weeks_ago_brings_a_mail_as_well(
    settings: dict[str, str], clock: Clock, postbox: Postbox, database_url: str
):
    with running(clock, **settings) as service:
        service.register(role="member")
        token = postbox.token(ADDRESS)
    clock.advance(days=28)
    counted = "SELECT key FROM counters WHERE key LIKE 'guesses/%'"

    with running(clock, **settings) as service:
        eventually(lambda: rows(database_url, counted) == [], "the sweep")
        service.resend_by_link(token)

        assert service.verify_by_link(postbox.token(ADDRESS, count=2))["user"]["email"] == ADDRESS


def test_its_cooldown_is_that_of_the_address(service: Service, token: str):
    service.resend()
    service.clock.advance(seconds=15)

    answer = service.resend_by_link(token)

    assert (answer["__typename"], answer["retryAfterSeconds"]) == ("RateLimitedError", 45)


def verify(service: Service, url: str) -> None:
    rows(url, "UPDATE users SET is_verified = TRUE")


def replace(service: Service, url: str) -> None:
    service.register(role="member")


def delete(service: Service, url: str) -> None:
    rows(url, "DELETE FROM users")


@pytest.mark.parametrize("change", [verify, replace, delete])
def test_a_link_whose_registration_ended_gets_the_same_answers_and_no_mail(
    service: Service,
    database_url: str,
    token: str,
    change: Callable[[Service, str], None],
):
    change(service, database_url)
    mails = "SELECT count(*) AS number FROM outgoing_mails WHERE state <> 'decoy'"
    before = rows(database_url, mails)

    answers = [service.resend_by_link(token), service.resend_by_link(token)]

    assert [answer["__typename"] for answer in answers] == [
        "ResendVerificationSuccess",
        "RateLimitedError",
    ]
    assert answers[0]["resendAvailableAt"] == "2026-01-03T03:05:05.678901+00:00"
    assert answers[1]["retryAfterSeconds"] == 60
    assert rows(database_url, mails) == before


def test_a_link_of_another_server_is_invalid(service: Service, token: str):
    forged = ("A" if token[0] != "A" else "B") + token[1:]

    assert service.resend_by_link(forged) == INVALID
