"""How often an address and a client may ask for another mail."""

from collections import Counter

import pytest
from harness.database import rows
from harness.limited import limited
from harness.parallel_requests import at_once
from harness.polling import eventually
from harness.postbox import Postbox
from harness.resends import ADDRESSES, UNKNOWN, UNVERIFIED, resent
from harness.service import Clock, Service, running

QUEUED = "SELECT id FROM outgoing_mails WHERE state = 'queued'"


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
