"""Verifying an address with the code from its mail."""

import pytest
from harness.codes import invalid, wrong
from harness.parallel_requests import at_once
from harness.postbox import Postbox
from harness.service import Clock, Service, running

ADDRESS = "ada@example.com"
EXPIRED = {"__typename": "ExpiredOtpError", "message": "OTP has expired."}


def test_the_right_code_verifies(service: Service, code: str):
    service.clock.advance(minutes=1)

    answer = service.verify(code, " ADA@example.com ")

    assert answer["user"].pop("id")
    assert answer == {
        "__typename": "VerifyEmailSuccess",
        "message": "Email verified successfully.",
        "user": {
            "name": "Ada Lovelace",
            "email": ADDRESS,
            "role": "customer",
            "isVerified": True,
            "isProfileComplete": True,
            "profile": [],
            "missingProfileFields": [],
            "nextSteps": [],
            "invitedBy": None,
            "tenant": None,
            "createdAt": "2026-01-02T03:04:05.678901+00:00",
            "updatedAt": "2026-01-02T03:05:05.678901+00:00",
        },
    }


def test_the_right_code_again_gives_the_same_answer(service: Service, code: str):
    first = service.verify(code)
    service.clock.advance(minutes=9)

    assert service.verify(code) == first


@pytest.mark.slow
def test_the_right_code_ten_times_at_once_verifies_ten_times(service: Service, postbox: Postbox):
    kinds = set()
    for number in range(6):
        address = f"person{number}@example.com"
        service.register(email=address)
        given = {"email": address, "otp": postbox.code(address)}
        kinds |= {answer["__typename"] for answer in at_once(service, "verify_email", [given] * 10)}

    assert kinds == {"VerifyEmailSuccess"}


def test_the_right_code_may_be_late_by_nothing(service: Service, code: str):
    service.clock.advance(minutes=10, microseconds=-1)

    assert service.verify(code)["__typename"] == "VerifyEmailSuccess"


def test_the_right_code_that_comes_late_has_expired(service: Service, code: str):
    service.clock.advance(minutes=10)

    assert service.verify(code) == EXPIRED


def test_a_wrong_code_that_comes_late_is_wrong(service: Service, code: str):
    service.clock.advance(minutes=10)

    assert service.verify(wrong(code)) == invalid(4)


def test_a_late_code_does_not_verify(service: Service, code: str):
    service.clock.advance(minutes=10)
    service.verify(code)

    assert service.login()["__typename"] == "EmailNotVerifiedError"


def test_a_code_verifies_only_the_address_that_it_was_sent_to(service: Service, code: str):
    service.register(email="grace@example.com")

    assert service.verify(code, "grace@example.com") == invalid(4)
    assert service.verify(code)["user"]["email"] == ADDRESS


def test_only_the_newest_code_counts(service: Service, postbox: Postbox, code: str):
    service.clock.advance(minutes=1)
    service.resend()
    newest = postbox.code(ADDRESS, count=2)

    assert service.verify(code) == invalid(4)
    assert service.verify(newest)["__typename"] == "VerifyEmailSuccess"


def test_an_address_that_is_guessed_at_too_often_has_to_wait(service: Service, code: str):
    for _ in range(10):
        service.verify(wrong(code))
    service.clock.advance(seconds=15)

    answer = service.verify(code)

    assert answer == {
        "__typename": "RateLimitedError",
        "message": "Too many requests. Please try again later.",
        "retryAfterSeconds": 45,
    }


def test_a_client_that_verifies_too_often_has_to_wait(settings: dict[str, str], clock: Clock):
    with running(clock, **{**settings, "LIMIT_VERIFY_CLIENT": "2/minute"}) as service:
        service.verify("000000", "one@example.com")
        service.verify("000000", "two@example.com")

        answer = service.verify("000000", "three@example.com")

    assert answer == {
        "__typename": "RateLimitedError",
        "message": "Too many requests. Please try again later.",
        "retryAfterSeconds": 60,
    }
