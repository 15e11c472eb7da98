"""Five wrong guesses end a code, however they come in."""

from collections import Counter

import pytest
from harness.codes import wrong
from harness.parallel_requests import at_once
from harness.postbox import Postbox
from harness.service import Service, running

pytestmark = pytest.mark.slow

ADDRESS = "ada@example.com"
NOBODY = "nobody@example.com"
TOO_MANY = {
    "__typename": "TooManyAttemptsError",
    "message": "Too many attempts. Request a new verification email.",
}
COUNTDOWN = [
    {"__typename": "InvalidOtpError", "message": "Invalid OTP.", "attemptsRemaining": remaining}
    for remaining in (4, 3, 2, 1, 0)
]


def test_the_attempts_count_down_and_end(service: Service, code: str):
    answers = [service.verify(wrong(code)) for _ in range(7)]

    assert answers == [*COUNTDOWN, TOO_MANY, TOO_MANY]


def test_the_attempts_count_down_alike_for_an_address_that_nobody_registered(service: Service):
    answers = [service.verify("123456", NOBODY) for _ in range(7)]

    assert answers == [*COUNTDOWN, TOO_MANY, TOO_MANY]


def test_the_attempts_count_down_alike_for_a_verified_address(service: Service, code: str):
    service.verify(code)

    answers = [service.verify(wrong(code)) for _ in range(7)]

    assert answers == [*COUNTDOWN, TOO_MANY, TOO_MANY]


def test_after_five_wrong_guesses_the_right_code_is_refused(service: Service, code: str):
    for _ in range(5):
        service.verify(wrong(code))

    assert service.verify(code) == TOO_MANY
    assert service.login()["__typename"] == "EmailNotVerifiedError"


def test_waiting_gives_no_more_attempts(service: Service, code: str):
    for _ in range(5):
        service.verify(wrong(code))
    service.clock.advance(minutes=9, seconds=59)

    assert service.verify(code) == TOO_MANY


def test_after_five_wrong_guesses_the_late_right_code_is_refused_alike(service: Service, code: str):
    for _ in range(5):
        service.verify(wrong(code))
    service.clock.advance(minutes=10)

    assert service.verify(code) == TOO_MANY


def test_the_right_code_costs_no_attempt(service: Service, code: str):
    for _ in range(4):
        service.verify(wrong(code))
    for _ in range(3):
        assert service.verify(code)["__typename"] == "VerifyEmailSuccess"

    assert service.verify(wrong(code)) == COUNTDOWN[4]


def test_a_resend_starts_the_count_anew(service: Service, postbox: Postbox, code: str):
    for _ in range(6):
        service.verify(wrong(code))
    service.clock.advance(minutes=1)
    service.resend()
    newest = postbox.code(ADDRESS, count=2)

    assert service.verify(wrong(newest)) == COUNTDOWN[0]
    assert service.verify(newest)["__typename"] == "VerifyEmailSuccess"


def test_a_resend_starts_the_count_anew_for_an_unknown_address(service: Service):
    for _ in range(6):
        service.verify("123456", NOBODY)
    service.clock.advance(minutes=1)
    service.resend(NOBODY)

    assert service.verify("123456", NOBODY) == COUNTDOWN[0]


def test_guesses_at_one_address_cost_another_nothing(service: Service, code: str):
    for _ in range(6):
        service.verify("123456", NOBODY)

    assert service.verify(wrong(code)) == COUNTDOWN[0]


def test_the_right_code_twice_in_parallel_after_four_wrong_guesses_succeeds_twice(
    service: Service, code: str
):
    for _ in range(4):
        service.verify(wrong(code))

    answers = at_once(service, "verify_email", [{"email": ADDRESS, "otp": code}] * 2)

    assert [answer["__typename"] for answer in answers] == ["VerifyEmailSuccess"] * 2


# How often an address may be guessed at is another limit; here only what a code allows counts.
@pytest.mark.parametrize(
    ("address", "name", "value"),
    [
        (ADDRESS, "RATE_LIMITS", "off"),
        (NOBODY, "RATE_LIMITS", "off"),
        (ADDRESS, "LIMIT_VERIFY_ADDRESS", "1000/minute"),
    ],
)
def test_of_200_parallel_wrong_guesses_five_are_evaluated(
    settings: dict[str, str], postbox: Postbox, address: str, name: str, value: str
):
    with running(**settings, **{name: value}) as service:
        service.register()
        code = postbox.code(ADDRESS)

        answers = at_once(service, "verify_email", [{"email": address, "otp": wrong(code)}] * 200)
        right = service.verify(code, address)

    kinds = Counter(answer["__typename"] for answer in answers)
    counts = sorted(
        answer["attemptsRemaining"] for answer in answers if "attemptsRemaining" in answer
    )
    assert kinds == {"InvalidOtpError": 5, "TooManyAttemptsError": 195}
    assert counts == [0, 1, 2, 3, 4]
    assert right == TOO_MANY
