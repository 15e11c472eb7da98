"""An address gets a share of mails; once it has had it, nobody can tell from the answers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness.database import rows
from harness.policies import CONCEALING, policy_file
from harness.polling import eventually
from harness.postbox import Postbox
from harness.service import Clock, Service, running

NEW, WAITING, VERIFIED = "new@example.com", "waiting@example.com", "verified@example.com"
WRONG = "000000"
QUEUED = "SELECT id FROM outgoing_mails WHERE state = 'queued'"


def remaining(count: int) -> dict[str, object]:
    return {
        "__typename": "InvalidOtpError",
        "message": "Invalid OTP.",
        "attemptsRemaining": count,
    }


@pytest.fixture
def service(settings: dict[str, str], clock: Clock, postbox: Postbox) -> Iterator[Service]:
    """An address gets two mails an hour, and nothing else is limited."""
    chosen = {"LIMIT_MAIL_ADDRESS": "2/hour"} | {
        f"LIMIT_{name}": "1000/minute"
        for name in ("VERIFY_ADDRESS", "VERIFY_CLIENT", "RESEND_ADDRESS", "RESEND_CLIENT")
    }
    with running(clock, **settings, **chosen) as service:
        service.register(email=WAITING)
        service.register(email=VERIFIED)
        service.verify(postbox.code(VERIFIED), VERIFIED)
        yield service


def guesses_and_resends(service: Service, address: str) -> list[Any]:
    """Wrong codes in ever other numbers, with a resend after each few."""
    answers = []
    for number in (2, 7, 3, 5, 1):
        answers += [service.verify(WRONG, address) for _ in range(number)]
        answers.append(service.resend(address))
    return [*answers, service.verify(WRONG, address)]


def test_guesses_are_counted_alike_for_every_address_beyond_its_share(service: Service):
    waiting, verified, unknown = (
        guesses_and_resends(service, address) for address in (WAITING, VERIFIED, NEW)
    )

    assert waiting == verified == unknown
    assert waiting[-1] == remaining(4)


def test_a_code_has_five_guesses_however_many_resends_bring_no_other(
    service: Service, postbox: Postbox
):
    service.resend(WAITING)
    code = postbox.code(WAITING, count=2)
    for _ in range(5):
        service.verify(WRONG, WAITING)
    service.resend(WAITING)

    assert service.verify(code, WAITING) == remaining(4)
    assert service.verify(code, WAITING) == remaining(3)
    assert service.login(WAITING)["__typename"] == "EmailNotVerifiedError"


def test_a_code_that_was_not_replaced_still_verifies(service: Service, postbox: Postbox):
    service.resend(WAITING)
    code = postbox.code(WAITING, count=2)
    for _ in range(4):
        service.verify(WRONG, WAITING)
    service.resend(WAITING)

    assert service.verify(code, WAITING)["__typename"] == "VerifyEmailSuccess"


def test_a_concealed_registration_beyond_the_share_is_answered_as_ever_and_mails_nothing(
    settings: dict[str, str], clock: Clock, tmp_path: Path, postbox: Postbox, database_url: str
):
    chosen = {"POLICY": policy_file(tmp_path, CONCEALING), "LIMIT_MAIL_ADDRESS": "2/hour"}
    with running(clock, **settings, **chosen) as service:
        answers = []
        for _ in range(4):
            answers.append(service.register(email=WAITING)["__typename"])
            clock.advance(minutes=1)
        eventually(lambda: not rows(database_url, QUEUED), "an empty queue")

    assert answers == ["RegistrationPending"] * 4
    assert len(postbox.sent_to(WAITING)) == 2
