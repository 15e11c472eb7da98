"""The second link in the mail of a registration: "I did not register"."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.audit_rows import actions
from harness.database import rows
from harness.policies import CONCEALING, policy_file
from harness.postbox import Postbox
from harness.service import Service, running

ADDRESS = "ada@example.com"
USERS = "SELECT email, is_verified FROM users"
DAYS_30 = 30 * 24 * 3600


@pytest.fixture
def token(service: Service, postbox: Postbox) -> str:
    """The token in the mail of a registration that a stranger made."""
    service.register()
    return postbox.disown_token(ADDRESS)


def test_the_registration_is_deleted_and_its_code_worth_nothing(
    service: Service, token: str, postbox: Postbox, database_url: str
):
    assert service.disown(token) == {
        "__typename": "RegistrationDisowned",
        "message": "The registration is deleted. You get no more emails from us for 30 days.",
        "mailsFrom": "2026-02-01T03:04:05.678901+00:00",
    }
    assert rows(database_url, USERS) == []
    assert service.verify(postbox.code(ADDRESS))["__typename"] == "InvalidOtpError"
    assert actions(database_url) == ["registered", "registration_disowned"]


def test_the_address_gets_no_mails_for_thirty_days(service: Service, token: str, postbox: Postbox):
    service.clock.advance(minutes=1)
    service.disown(token)

    assert service.register()["retryAfterSeconds"] == DAYS_30
    assert service.resend()["__typename"] == "ResendVerificationSuccess"
    assert service.request_reset()["__typename"] == "PasswordResetRequested"
    service.register(email="eve@example.com")  # the next mail is hers, and the last one
    postbox.newest("eve@example.com")
    assert len(postbox.sent_to(ADDRESS)) == 1
    service.clock.advance(seconds=DAYS_30)
    assert service.register()["__typename"] == "RegisterSuccess"
    assert service.verify(postbox.code(ADDRESS, count=2))["__typename"] == "VerifyEmailSuccess"


def test_whoever_wants_to_register_after_all_allows_mails_by_the_same_link(
    service: Service, token: str, postbox: Postbox, database_url: str
):
    service.disown(token)

    assert service.allow_registration(token) == {
        "__typename": "RegistrationAllowed",
        "message": "You get our emails again. You can register now.",
    }
    assert service.register(password="my_own_password")["__typename"] == "RegisterSuccess"
    service.verify(postbox.code(ADDRESS, count=2))
    assert service.login(password="my_own_password")["__typename"] == "LoginSuccess"
    assert "registration_allowed" in actions(database_url)


@pytest.fixture
def discreet(settings: dict[str, str], tmp_path: Path) -> Iterator[Service]:
    """A server that conceals accounts."""
    with running(**{**settings, "POLICY": policy_file(tmp_path, CONCEALING)}) as service:
        yield service


def test_a_concealed_registration_is_answered_as_ever_and_mails_nothing(
    discreet: Service, postbox: Postbox
):
    discreet.register()
    discreet.disown(postbox.disown_token(ADDRESS))
    discreet.clock.advance(hours=1)

    assert discreet.register()["__typename"] == "RegistrationPending"
    discreet.register(email="eve@example.com")
    postbox.newest("eve@example.com")
    assert len(postbox.sent_to(ADDRESS)) == 1


def test_a_concealed_registration_meanwhile_does_not_hold_the_address(
    discreet: Service, postbox: Postbox
):
    discreet.register()
    token = postbox.disown_token(ADDRESS)
    discreet.disown(token)
    discreet.clock.advance(minutes=1)
    discreet.register(password="password_of_a_stranger")

    discreet.allow_registration(token)
    discreet.clock.advance(minutes=1)
    discreet.register(password="my_own_password")
    discreet.allow_registration(token)  # once more, which deletes nothing
    assert discreet.verify(postbox.code(ADDRESS, count=2))["__typename"] == "VerifyEmailSuccess"
    assert discreet.login(password="my_own_password")["__typename"] == "LoginSuccess"


def test_nothing_changes_once_the_address_is_verified(
    service: Service, token: str, postbox: Postbox
):
    service.verify(postbox.code(ADDRESS))

    assert service.disown(token)["__typename"] == "ExpiredLinkError"
    assert service.allow_registration(token)["__typename"] == "ExpiredLinkError"
    assert service.login()["__typename"] == "LoginSuccess"
    service.request_reset()
    postbox.reset_code(ADDRESS, count=2)


def test_the_mail_of_a_registration_that_was_replaced_ends_the_later_one_as_well(
    service: Service, token: str, database_url: str
):
    service.clock.advance(minutes=10)
    assert service.register(password="another_password")["__typename"] == "RegisterSuccess"

    assert service.disown(token)["__typename"] == "RegistrationDisowned"
    assert rows(database_url, USERS) == []


def test_the_link_works_until_seven_days_are_over(service: Service, token: str):
    service.clock.advance(days=7, microseconds=-1)
    assert service.disown(token)["__typename"] == "RegistrationDisowned"
    service.clock.advance(microseconds=1)
    assert service.disown(token)["__typename"] == "ExpiredLinkError"


def test_the_link_serves_nothing_else_and_nothing_else_serves_for_it(service: Service, token: str):
    assert service.verify_by_link(token)["__typename"] == "InvalidLinkError"
    assert service.secure(token)["__typename"] == "InvalidLinkError"
    assert service.disown("x" * 64)["__typename"] == "InvalidLinkError"
    assert service.allow_registration("x" * 64)["__typename"] == "InvalidLinkError"
