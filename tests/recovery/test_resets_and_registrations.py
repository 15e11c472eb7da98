"""A reset of any address, and beside a registration that nobody has verified."""

import pytest
from harness.codes import wrong
from harness.database import rows
from harness.password_resets import REQUESTED
from harness.postbox import Postbox
from harness.service import Service

ADDRESS = "ada@example.com"


@pytest.mark.parametrize("email", ["nobody@example.com", "waiting@example.com", ADDRESS])
def test_every_address_gets_the_same_answers_and_cooldown(verified: Service, email: str):
    verified.register(email="waiting@example.com")

    assert verified.request_reset(email) == REQUESTED
    assert verified.request_reset(email) == {
        "__typename": "RateLimitedError",
        "message": "Too many requests. Please try again later.",
        "retryAfterSeconds": 60,
    }
    assert verified.reset("000000", email)["attemptsRemaining"] == 4


def test_who_reads_the_mail_gets_an_account_that_a_stranger_had_registered(
    service: Service, code: str, postbox: Postbox
):
    service.request_reset()

    answer = service.reset(postbox.reset_code(ADDRESS, count=2))

    assert answer["user"]["isVerified"] is True
    assert service.login()["__typename"] == "InvalidCredentialsError"
    assert service.login(password="another_password")["__typename"] == "LoginSuccess"


def test_a_code_or_link_for_one_purpose_never_serves_another(
    service: Service, postbox: Postbox, database_url: str
):
    service.register()
    registration = postbox.code(ADDRESS)
    service.request_reset()
    reset, token = postbox.reset_code(ADDRESS, count=2), postbox.token(ADDRESS, count=2)

    assert reset != registration
    assert service.reset(registration)["__typename"] == "InvalidOtpError"
    assert service.verify(reset)["__typename"] == "InvalidOtpError"
    assert service.verify_by_link(token)["__typename"] == "InvalidLinkError"
    assert service.resend_by_link(token)["__typename"] == "InvalidLinkError"
    assert service.secure(token)["__typename"] == "InvalidLinkError"
    assert rows(database_url, "SELECT id FROM users WHERE is_verified") == []


def test_guesses_for_a_registration_and_for_a_reset_count_together(
    service: Service, postbox: Postbox
):
    service.register()
    registration = postbox.code(ADDRESS)
    service.request_reset()
    reset = postbox.reset_code(ADDRESS, count=2)

    left = [service.verify(wrong(registration))["attemptsRemaining"] for _ in range(3)]
    left += [service.reset(wrong(reset))["attemptsRemaining"] for _ in range(2)]

    assert left == [4, 3, 2, 1, 0]
    assert service.reset(reset)["__typename"] == "TooManyAttemptsError"
    assert service.verify(registration)["__typename"] == "TooManyAttemptsError"


def test_the_five_mails_an_hour_hold_for_resets_and_verifications_together(
    service: Service, postbox: Postbox
):
    service.register()
    for _ in range(3):
        service.clock.advance(minutes=1)
        assert service.request_reset()["__typename"] == "PasswordResetRequested"
        assert service.resend()["__typename"] == "ResendVerificationSuccess"

    postbox.newest(ADDRESS, count=5)
    service.register(email="eve@example.com")
    postbox.newest("eve@example.com")
    assert len(postbox.sent_to(ADDRESS)) == 5
