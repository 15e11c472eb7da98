"""A hundred wrong codes in a row lock an account, over all its codes (NIST SP 800-63B 3.2.2)."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness.limited import limited
from harness.parallel_requests import at_once
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Clock, Service, running

ADDRESS = "ada@example.com"
VERIFIED = "grace@example.com"
UNKNOWN = "nobody@example.com"
DAY = 24 * 3600

BOTH = 'roles = ["buyer"]\ndefaultRole = "buyer"\nverificationMethods = ["OTP", "LINK"]\n'
COUNTDOWN = [
    {"__typename": "InvalidOtpError", "message": "Invalid OTP.", "attemptsRemaining": remaining}
    for remaining in (4, 3, 2, 1, 0)
]


def guess(service: Service, times: int, address: str = ADDRESS) -> list[Any]:
    """Wrong codes, and a new mail after every five."""
    answers = []
    for number in range(times):
        answers.append(service.verify("000000", address))
        if number % 5 == 4:
            assert service.resend(address)["__typename"] == "ResendVerificationSuccess"
    return answers


@pytest.fixture
def service(settings: dict[str, str], clock: Clock, tmp_path: Path) -> Iterator[Service]:
    """Ada is registered. Nothing but the failures themselves is counted."""
    (tmp_path / "both.toml").write_text(BOTH)
    chosen = {"POLICY": str(tmp_path / "both.toml"), "RATE_LIMITS": "off"}
    with running(clock, **settings, **chosen) as service:
        service.register()
        yield service


def test_after_a_hundred_failures_the_right_code_is_refused(service: Service, postbox: Postbox):
    answers = guess(service, 100)

    assert answers == COUNTDOWN * 20
    assert service.verify(postbox.code(ADDRESS, count=21)) == limited(DAY)
    assert service.login()["__typename"] == "EmailNotVerifiedError"


def test_every_address_is_locked_alike(service: Service, postbox: Postbox):
    service.register(email=VERIFIED)
    service.verify(postbox.code(VERIFIED), VERIFIED)

    known, verified, unknown = (
        guess(service, 107, address) for address in (ADDRESS, VERIFIED, UNKNOWN)
    )

    assert known == verified == unknown
    assert known[100:] == [limited(DAY)] * 7


def test_a_locked_account_does_not_tell_the_right_code_from_a_wrong_one(
    service: Service, postbox: Postbox
):
    guess(service, 100)
    code = postbox.code(ADDRESS, count=21)

    wrong, right = zip(
        *((service.verify("000000"), service.verify(code)) for _ in range(7)), strict=True
    )

    assert wrong == right


def test_of_parallel_failures_the_hundredth_is_the_last(service: Service):
    guess(service, 95)
    guess(service, 4)
    service.resend()

    answers = at_once(service, "verify_email", [{"email": ADDRESS, "otp": "000000"}] * 5)

    assert Counter(answer["__typename"] for answer in answers) == {
        "InvalidOtpError": 1,
        "RateLimitedError": 4,
    }


def test_a_locked_account_is_still_verified_by_its_link(service: Service, postbox: Postbox):
    guess(service, 100)

    answer = service.verify_by_link(postbox.token(ADDRESS, count=21))

    assert answer["__typename"] == "VerifyEmailSuccess"
    assert service.login()["__typename"] == "LoginSuccess"


def test_a_lock_does_not_keep_its_owner_from_logging_in(service: Service, postbox: Postbox):
    service.verify(postbox.code(ADDRESS))
    guess(service, 101)

    assert service.verify("000000") == limited(DAY)
    assert service.login()["__typename"] == "LoginSuccess"


def test_a_lock_ends_a_day_after_the_hundredth_failure_however_long_the_guessing_goes_on(
    service: Service, postbox: Postbox
):
    guess(service, 100)
    service.clock.advance(hours=23)
    guess(service, 10)
    service.clock.advance(minutes=59, seconds=59)
    early = service.verify("000000")
    service.resend()
    code = postbox.code(ADDRESS, count=24)
    service.clock.advance(seconds=1)

    assert early == limited(1)
    assert service.verify(code)["__typename"] == "VerifyEmailSuccess"


def test_an_operator_unlocks_an_account_at_once(
    service: Service, postbox: Postbox, settings: dict[str, str]
):
    guess(service, 100)
    code = postbox.code(ADDRESS, count=21)
    before = service.verify(code)

    result = connectx("users", "unlock", "ADA@example.com", **settings)

    assert before == limited(DAY)
    assert (result.returncode, result.stdout) == (0, f"Codes for {ADDRESS} are accepted again.\n")
    assert service.verify(code)["__typename"] == "VerifyEmailSuccess"


def test_a_success_starts_the_row_anew(service: Service, postbox: Postbox):
    guess(service, 99)
    service.verify(postbox.code(ADDRESS, count=20))

    answers = [service.verify("000000")]
    service.resend()
    answers += guess(service, 99)

    assert answers == [COUNTDOWN[4], *(COUNTDOWN * 20)[:99]]
    assert service.verify("000000") == limited(DAY)
