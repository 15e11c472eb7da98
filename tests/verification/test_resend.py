"""Another mail: the same answer for every address, whatever it belongs to."""

from collections import Counter

import pytest
from harness.database import rows
from harness.limited import limited
from harness.polling import eventually
from harness.postbox import Postbox
from harness.resends import ADDRESSES, UNVERIFIED, VERIFIED, resent
from harness.service import Service

QUEUED = "SELECT id FROM outgoing_mails WHERE state = 'queued'"


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
