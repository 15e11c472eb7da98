"""What ends a change that both addresses have to confirm, and what happens at once."""

from collections.abc import Callable

import pytest
from harness.database import rows
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
from harness.parallel_requests import Ask, all_at_once, kinds
from harness.postbox import Postbox
from harness.service import Service, running

pytestmark = pytest.mark.settings(POLICY=BOTH)


def cancel(service: Service, token: str, email: str, postbox: Postbox) -> None:
    service.run("cancel_email_change", token=token)


def ask_again(service: Service, token: str, email: str, postbox: Postbox) -> None:
    request_later(service, token, THIRD)


def reset(service: Service, token: str, email: str, postbox: Postbox) -> None:
    service.request_reset(email)
    service.reset(postbox.reset_code(email, count=3), email)


def secure(service: Service, token: str, email: str, postbox: Postbox) -> None:
    service.change_password(token)
    service.secure(postbox.token(email, count=3))


def delete(service: Service, token: str, email: str, postbox: Postbox) -> None:
    given = {"password": "secure_password"}
    service.run("request_account_deletion", token=token, input=given)


def test_whatever_ends_a_change_ends_what_both_addresses_were_mailed(
    service: Service, postbox: Postbox, database_url: str
):
    ways: list[Callable[[Service, str, str, Postbox], None]] = [
        *(cancel, ask_again, reset, secure, delete)
    ]
    for number, end in enumerate(ways):
        email, new = f"ada{number}@example.com", f"lovelace{number}@example.com"
        token = ada(service, postbox, email)
        request_later(service, token, new)
        consent = postbox.token(email, count=2)
        assert half(by_code(service, token, postbox.code(new))) == "OLD"

        end(service, token, email, postbox)

        assert by_link(service, consent)["__typename"] == "ExpiredLinkError", end
    ended = rows(database_url, "SELECT id FROM users WHERE email LIKE 'ada%'")
    assert len(ended) == len(ways)


def test_a_change_that_was_begun_under_both_needs_both_under_another_policy_as_well(
    settings: dict[str, str], postbox: Postbox
):
    with running(**settings) as service:
        token = ada(service, postbox)
        request_later(service, token)
        code, consent = postbox.code(NEW), postbox.token(OLD, count=2)
    with running(service.clock, **{**settings, "POLICY": "customer"}) as service:
        assert half(by_code(service, token, code)) == "OLD"
        assert by_link(service, consent)["user"]["email"] == NEW


def test_of_both_addresses_at_once_the_second_changes_the_address(
    service: Service, postbox: Postbox, database_url: str
):
    links = []
    for number in range(8):
        old, new = f"ada{number}@example.com", f"lovelace{number}@example.com"
        request_later(service, ada(service, postbox, old), new)
        links += [postbox.token(new), postbox.token(old, count=2)]

    confirm = "confirm_email_change_by_link"
    answers = all_at_once(service, [Ask(confirm, {"token": each}) for each in links])

    pairs = [kinds(answers[place : place + 2]) for place in range(0, len(answers), 2)]
    assert pairs == [{"EmailChanged": 1, "EmailChangeHalfConfirmed": 1}] * 8
    changed = rows(database_url, "SELECT id FROM users WHERE email LIKE 'lovelace%'")
    assert len(changed) == 8
