"""Another mail: the same answer for every address, whatever it belongs to."""

from collections import Counter

import pytest
from harness.database import rows
from harness.inbox import Postbox, eventually
from harness.parallel_requests import at_once
from harness.service import Clock, Service, running

UNVERIFIED, VERIFIED, UNKNOWN = ADDRESSES = (
    "unverified@example.com",
    "verified@example.com",
    "unknown@example.com",
)


QUEUED = "SELECT id FROM outgoing_mails WHERE state = 'queued'"


def resent(available_at: str) -> dict[str, object]:
    return {
        "__typename": "ResendVerificationSuccess",
        "message": "Verification email sent successfully.",
        "resendAvailableAt": available_at,
    }


def limited(seconds: int) -> dict[str, object]:
    return {
        "__typename": "RateLimitedError",
        "message": "Too many requests. Please try again later.",
        "retryAfterSeconds": seconds,
    }


@pytest.fixture
def populated(service: Service, postbox: Postbox) -> Service:
    """One address of each kind, and every cooldown over."""
    service.register(email=UNVERIFIED)
    service.register(email=VERIFIED)
    service.verify(postbox.code(VERIFIED), VERIFIED)
    postbox.newest(UNVERIFIED)
    service.clock.advance(minutes=1)
    return service


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_gets_the_same_answers(populated: Service, address: str):
    answers = [populated.resend(address), populated.resend(address)]
    populated.clock.advance(seconds=59, microseconds=1)
    answers.append(populated.resend(address))
    populated.clock.advance(seconds=1)
    answers.append(populated.resend(address.upper()))

    assert answers == [
        resent("2026-01-02T03:06:05.678901+00:00"),
        limited(60),
        limited(1),
        resent("2026-01-02T03:07:05.678902+00:00"),
    ]


def test_only_an_unverified_account_gets_a_mail(
    populated: Service, postbox: Postbox, database_url: str
):
    for address in ADDRESSES:
        populated.resend(address)

    eventually(lambda: not rows(database_url, QUEUED), "an empty queue")
    recipients = Counter(recipient for recipient, _ in postbox.mails)
    assert recipients == {UNVERIFIED: 2, VERIFIED: 1}


def test_the_new_mail_has_a_new_code(populated: Service, postbox: Postbox):
    populated.resend(UNVERIFIED)

    newest = postbox.code(UNVERIFIED, count=2)
    assert populated.verify(newest, UNVERIFIED)["__typename"] == "VerifyEmailSuccess"


def test_the_new_code_lives_as_long_as_the_first_did(populated: Service, postbox: Postbox):
    populated.resend(UNVERIFIED)
    code = postbox.code(UNVERIFIED, count=2)
    populated.clock.advance(minutes=10, microseconds=-1)
    in_time = populated.verify(code, UNVERIFIED)
    populated.clock.advance(microseconds=1)
    late = populated.verify(code, UNVERIFIED)

    assert in_time["__typename"] == "VerifyEmailSuccess"
    assert late == {"__typename": "ExpiredOtpError", "message": "OTP has expired."}


def test_an_account_whose_code_expired_gets_another(populated: Service, postbox: Postbox):
    populated.clock.advance(days=3)
    populated.resend(UNVERIFIED)

    code = postbox.code(UNVERIFIED, count=2)
    assert populated.verify(code, UNVERIFIED)["__typename"] == "VerifyEmailSuccess"


def test_a_registration_starts_the_cooldown_that_it_promises(service: Service):
    answer = service.register()
    service.clock.advance(seconds=15)

    refused = service.resend()

    assert answer["verification"]["resendAvailableAt"] == "2026-01-02T03:05:05.678901+00:00"
    assert refused == limited(45)
    service.clock.advance(seconds=45)
    assert service.resend() == resent("2026-01-02T03:06:05.678901+00:00")


def test_a_registration_keeps_its_promise_to_an_address_that_asked_before_it(service: Service):
    service.resend()
    service.clock.advance(seconds=30)
    answer = service.register()
    service.clock.advance(seconds=30)

    assert answer["verification"]["resendAvailableAt"] == "2026-01-02T03:05:35.678901+00:00"
    assert service.resend() == limited(30)
    service.clock.advance(seconds=30)
    assert service.resend() == resent("2026-01-02T03:06:35.678901+00:00")


def test_an_address_that_is_none_is_reported(service: Service):
    assert service.resend("ada") == {
        "__typename": "InvalidInputError",
        "message": "Some fields need your attention.",
        "errors": [
            {
                "__typename": "InvalidEmailError",
                "suggestion": None,
                "field": "email",
                "message": "An email address must have an @-sign.",
            }
        ],
    }


def test_a_client_that_asks_for_too_many_addresses_has_to_wait(
    settings: dict[str, str], clock: Clock
):
    with running(clock, **{**settings, "LIMIT_RESEND_CLIENT": "2/hour"}) as service:
        answers = [service.resend(address) for address in ADDRESSES]

    assert answers == [resent("2026-01-02T03:05:05.678901+00:00")] * 2 + [limited(3600)]


@pytest.mark.parametrize("address", [UNVERIFIED, UNKNOWN])
def test_of_sixteen_parallel_requests_for_one_address_one_is_taken(
    populated: Service, postbox: Postbox, database_url: str, address: str
):
    before = len(postbox.mails)

    answers = at_once(populated, "resend_verification", [{"email": address}] * 16)

    assert Counter(answer["__typename"] for answer in answers) == {
        "ResendVerificationSuccess": 1,
        "RateLimitedError": 15,
    }
    eventually(lambda: not rows(database_url, QUEUED), "an empty queue")
    assert len(postbox.mails) - before == (address == UNVERIFIED)


def test_without_rate_limits_there_is_no_cooldown(settings: dict[str, str], postbox: Postbox):
    with running(**settings, RATE_LIMITS="off") as service:
        registered = service.register()
        answers = [service.resend(), service.resend()]
        postbox.newest("ada@example.com", count=3)

    now = "2026-01-02T03:04:05.678901+00:00"
    assert registered["verification"]["resendAvailableAt"] == now
    assert answers == [resent(now)] * 2


def test_what_is_counted_names_no_address(populated: Service, database_url: str):
    for address in ADDRESSES:
        populated.resend(address)
        populated.verify("000000", address)
        populated.login(address)

    counted = rows(database_url, "SELECT key FROM counters")
    assert counted
    assert "example" not in str(counted)


def test_the_share_of_mails_ends_unseen_and_leaves_the_last_code_valid(
    service: Service, clock: Clock, postbox: Postbox
):
    service.register()
    answers: dict[str, list[str]] = {"ada@example.com": [], "nobody@example.com": []}
    for _ in range(6):
        clock.advance(seconds=61)
        for address, given in answers.items():
            given.append(service.resend(address)["__typename"])

    assert answers["ada@example.com"] == answers["nobody@example.com"]
    assert answers["ada@example.com"] == ["ResendVerificationSuccess"] * 5 + ["RateLimitedError"]
    code = postbox.code("ada@example.com", count=5)
    assert service.verify(code)["__typename"] == "VerifyEmailSuccess"
    assert len(postbox.sent_to("ada@example.com")) == 5


def test_resends_for_an_unknown_address_do_not_keep_its_owner_from_registering(
    service: Service, clock: Clock
):
    for _ in range(5):
        service.resend("ada@example.com")
        clock.advance(seconds=61)

    assert service.register()["__typename"] == "RegisterSuccess"
