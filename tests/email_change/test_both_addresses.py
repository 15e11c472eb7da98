"""Under a policy that asks both addresses, the address changes once both have agreed."""

from pathlib import Path
from typing import Any

import pytest
from harness.audit_rows import actions
from harness.email_changes import (
    BOTH,
    NEW,
    OLD,
    THIRD,
    ada,
    by_code,
    by_link,
    half,
    request_later,
)
from harness.postbox import Postbox
from harness.service import Service, running

pytestmark = pytest.mark.settings(POLICY=BOTH)


def test_the_address_changes_with_the_second_of_both_in_either_order(
    verified: Service, token: str, postbox: Postbox, database_url: str
):
    assert verified.policy()["emailChangeConfirms"] == "BOTH"
    first = request_later(verified, token)
    assert first["message"] == (
        "Two emails are on their way: confirm the new address with one, and agree to the change "
        "with the one to your old address."
    )
    consent = postbox.newest(OLD, count=2)
    assert consent["subject"] == "Change your email address? (ConnectX)"
    assert "/consent-to-email-change#token=" in postbox.link(OLD, count=2)
    text = " ".join(consent.get_body(("plain",)).get_content().split())
    assert f"the email address {NEW[0]}***@{NEW.partition('@')[2]}." in text
    assert NEW not in text

    def status(request: Any) -> Any:
        return verified.run("get_verification_status", id=request["verification"]["id"])

    assert half(by_code(verified, token, postbox.code(NEW))) == "OLD"
    verified.clock.advance(minutes=100)  # the code has ended, and is not asked for again
    assert (verified.viewer(token)["email"], status(first)) == (OLD, "PENDING")
    changed = by_link(verified, postbox.token(OLD, count=2))
    assert (changed["__typename"], changed["user"]["email"]) == ("EmailChanged", NEW)
    assert (verified.viewer(token)["email"], status(first)) == (NEW, "VERIFIED")
    assert "/undo-email-change#token=" in postbox.link(OLD, count=3)
    assert "/secure-account#token=" in postbox.link(NEW, count=2)

    second = request_later(verified, token, THIRD)
    consented = postbox.token(NEW, count=3)
    assert half(by_link(verified, consented)) == "NEW"
    assert (verified.viewer(token)["email"], status(second)) == (NEW, "PENDING")
    assert by_link(verified, consented)["__typename"] == "ExpiredLinkError"
    assert by_link(verified, postbox.token(THIRD))["user"]["email"] == THIRD
    assert status(second) == "VERIFIED"
    assert [each for each in actions(database_url) if each.startswith("email")] == [
        "email_change_requested",
        "email_change_half_confirmed",
        "email_changed",
        "email_changed",
    ] * 2


def test_one_address_alone_changes_nothing_however_often_and_however_late(
    verified: Service, token: str, postbox: Postbox
):
    request_later(verified, token)
    code, link, consent = postbox.code(NEW), postbox.token(NEW), postbox.token(OLD, count=2)
    assert half(by_link(verified, link)) == "OLD"
    assert by_link(verified, link)["__typename"] == "ExpiredLinkError"
    assert by_code(verified, token, code)["__typename"] == "InvalidOtpError"
    verified.clock.advance(hours=2)
    assert by_link(verified, consent)["__typename"] == "ExpiredLinkError"

    request_later(verified, token)
    assert half(by_link(verified, postbox.token(OLD, count=3))) == "NEW"
    code, link = postbox.code(NEW, count=2), postbox.token(NEW, count=2)
    verified.clock.advance(hours=2)
    assert by_code(verified, token, code)["__typename"] == "ExpiredOtpError"
    assert by_link(verified, link)["__typename"] == "ExpiredLinkError"
    assert verified.viewer(token)["email"] == OLD


def test_a_consent_is_not_taken_once_the_new_address_can_no_longer_confirm(
    settings: dict[str, str], postbox: Postbox
):
    policy = Path(settings["POLICY"])
    policy.write_text(BOTH.replace(', "LINK"', ""))
    with running(**settings) as service:
        token = ada(service, postbox)
        request_later(service, token)
        late = postbox.token(OLD, count=2)
        service.clock.advance(minutes=10)
        assert by_link(service, late)["__typename"] == "ExpiredLinkError"

        request_later(service, token)
        assert half(by_code(service, token, postbox.code(NEW, count=2))) == "OLD"
        service.clock.advance(minutes=10)
        assert by_link(service, postbox.token(OLD, count=3))["user"]["email"] == NEW


def test_a_taken_address_cannot_be_told_from_a_free_one_by_the_old_mailbox_either(
    verified: Service, token: str, postbox: Postbox
):
    verified.register(email=NEW)
    verified.verify(postbox.code(NEW), NEW)
    seen = []
    for count, email in enumerate((NEW, "free@example.com"), start=2):
        answer = request_later(verified, token, email)
        pending = answer.pop("verification")["id"]
        consent = postbox.newest(OLD, count=count)
        seen += [
            [answer, consent["subject"]]
            + [by_link(verified, postbox.token(OLD, count=count)) for _ in range(2)]
            + [verified.run("get_verification_status", id=pending)]
            + [by_code(verified, token, "000000")]
        ]

    assert seen[0] == seen[1]
    assert half(seen[0][2]) == "NEW"
    subject = postbox.newest(NEW, count=2)["subject"]
    assert subject == "Somebody wants to use your email address (ConnectX)"
    assert verified.viewer(token)["email"] == OLD


def test_an_address_that_was_taken_before_the_consent_stays_whose_it_is(
    verified: Service, token: str, postbox: Postbox
):
    request_later(verified, token)
    consent = postbox.token(OLD, count=2)
    assert half(by_code(verified, token, postbox.code(NEW))) == "OLD"
    verified.register(email=NEW)
    verified.verify(postbox.code(NEW, count=2), NEW)

    assert by_link(verified, consent)["__typename"] == "EmailAlreadyExistsError"
    assert verified.viewer(token)["email"] == OLD


def test_without_a_mail_to_the_old_address_nothing_changes(
    settings: dict[str, str], postbox: Postbox
):
    with running(**settings, LIMIT_NOTICE_ADDRESS="1/day") as service:
        token = ada(service, postbox)
        request_later(service, token)
        postbox.newest(OLD, count=2)
        request_later(service, token)

        assert half(by_code(service, token, postbox.code(NEW, count=2))) == "OLD"

        assert service.viewer(token)["email"] == OLD
        assert len(postbox.sent_to(OLD)) == 2
