"""Who is logged in changes the address, and the new mailbox confirms it."""

from typing import Any
from uuid import UUID

import pytest
from harness.audit_rows import actions, details
from harness.database import rows
from harness.inbox import Postbox, wrong
from harness.service import Service

from accounts.keyring import Keyring
from models import Purpose

OLD = "ada@example.com"
NEW = "lovelace@example.com"


def request(service: Service, token: str | None, email: str = NEW, **given: Any) -> Any:
    given = {"newEmail": email, "password": "secure_password", **given}
    return service.run("request_email_change", token=token, input=given)


def confirm(service: Service, token: str | None, otp: str) -> Any:
    return service.run("confirm_email_change", token=token, input={"otp": otp})


def undo(service: Service, token: str) -> Any:
    return service.run("undo_email_change", input={"token": token})


@pytest.fixture
def token(verified: Service) -> str:
    return verified.login()["accessToken"]


@pytest.fixture
def sent(verified: Service, token: str, postbox: Postbox) -> str:
    """The code that was mailed to the new address."""
    answer = request(verified, token)
    assert answer.pop("verification").pop("id")
    assert answer == {
        "__typename": "EmailChangeRequested",
        "message": "Confirm the new address with the email that is on its way to it.",
    }
    return postbox.code(NEW)


def test_the_address_changes_with_the_code_and_sessions_go_on(
    verified: Service, token: str, sent: str, database_url: str
):
    assert verified.viewer(token)["email"] == OLD

    answer = confirm(verified, token, sent)

    assert (answer["__typename"], answer["user"]["email"]) == ("EmailChanged", NEW)
    assert verified.viewer(token)["email"] == NEW
    assert verified.login(OLD)["__typename"] == "InvalidCredentialsError"
    assert verified.login(NEW)["__typename"] == "LoginSuccess"
    assert confirm(verified, token, sent)["__typename"] == "InvalidOtpError"
    assert [each for each in actions(database_url) if each.startswith("email")] == [
        "email_change_requested",
        "email_changed",
        "email_changed",
    ]
    assert details(database_url, "email_change_requested") == ["to l***@example.com"]
    assert details(database_url, "email_changed") == [
        "to l***@example.com",
        "from a***@example.com",
    ]


def test_both_addresses_are_told_and_the_old_one_can_undo_it(
    verified: Service, token: str, sent: str, postbox: Postbox, database_url: str
):
    confirm(verified, token, sent)
    assert "/undo-email-change#token=" in postbox.link(OLD, count=2)
    assert "/secure-account#token=" in postbox.link(NEW, count=2)

    link = postbox.token(OLD, count=2)

    answer = undo(verified, link)

    assert answer["__typename"] == "EmailChangeUndone"
    undone = details(database_url, "email_change_undone")
    assert undone == ["to a***@example.com", "from l***@example.com"]
    assert verified.viewer(token) is None
    for email in (OLD, NEW):
        assert verified.login(email)["__typename"] == "InvalidCredentialsError"
    reset = verified.reset(postbox.reset_code(OLD, count=3), password="third_password")
    assert reset["user"]["email"] == OLD
    assert verified.login(password="third_password")["__typename"] == "LoginSuccess"
    assert undo(verified, link)["__typename"] == "ExpiredLinkError"


def test_an_undo_works_for_seven_days(verified: Service, token: str, sent: str, postbox: Postbox):
    confirm(verified, token, sent)
    link = postbox.token(OLD, count=2)
    verified.clock.advance(days=7)

    assert undo(verified, link)["__typename"] == "ExpiredLinkError"
    assert undo(verified, "x" * 64)["__typename"] == "InvalidLinkError"


def test_who_changes_the_address_twice_cannot_end_the_first_owners_undo(
    verified: Service, token: str, sent: str, postbox: Postbox
):
    confirm(verified, token, sent)
    verified.clock.advance(minutes=1)
    request(verified, token, "third@example.com")
    confirm(verified, token, postbox.code("third@example.com"))
    strangers = postbox.token(NEW, count=3)

    assert undo(verified, strangers)["__typename"] == "EmailChangeUndone"
    assert undo(verified, postbox.token(OLD, count=2))["__typename"] == "EmailChangeUndone"

    reset = verified.reset(postbox.reset_code(OLD, count=3))
    assert reset["user"]["email"] == OLD


def test_an_address_that_is_taken_gets_the_same_answer_and_its_owner_is_told(
    verified: Service, token: str, postbox: Postbox, database_url: str
):
    verified.register(email=NEW)
    verified.verify(postbox.code(NEW), NEW)

    taken = request(verified, token)
    verified.clock.advance(minutes=1)
    free = request(verified, token, "free@example.com")

    for answer in (taken, free):
        for hidden in ("id", "expiresAt", "resendAvailableAt"):
            assert answer["verification"].pop(hidden)
    assert taken == free
    mail = postbox.newest(NEW, count=2)
    assert mail["subject"] == "Somebody wants to use your email address (ConnectX)"
    assert "http" not in mail.get_body(("plain",)).get_content()
    assert [
        row["email"] for row in rows(database_url, "SELECT email FROM users ORDER BY email")
    ] == [
        OLD,
        NEW,
    ]


def test_no_code_changes_to_an_address_that_is_taken(
    verified: Service, token: str, postbox: Postbox
):
    verified.register(email=NEW)
    verified.verify(postbox.code(NEW), NEW)
    request(verified, token)

    left = [confirm(verified, token, "000000")["attemptsRemaining"] for _ in range(5)]

    assert left == [4, 3, 2, 1, 0]


def test_whoever_proved_the_mailbox_comes_before_a_registration_that_did_not(
    verified: Service, token: str, sent: str
):
    verified.register(email=NEW)

    assert confirm(verified, token, sent)["user"]["email"] == NEW


def test_an_address_that_was_taken_meanwhile_stays_whose_it_is(
    verified: Service, token: str, sent: str, postbox: Postbox
):
    verified.register(email=NEW)
    verified.verify(postbox.code(NEW, count=2), NEW)

    assert confirm(verified, token, sent)["__typename"] == "EmailAlreadyExistsError"
    assert verified.viewer(token)["email"] == OLD


def test_the_change_needs_a_session_the_password_and_another_address(verified: Service, token: str):
    assert request(verified, None)["__typename"] == "UnauthenticatedError"
    assert confirm(verified, None, "000000")["__typename"] == "UnauthenticatedError"
    assert request(verified, token, password="x")["__typename"] == "WrongPasswordError"
    for email in ("ada", OLD, " ADA@example.com "):
        [problem] = request(verified, token, email)["errors"]
        assert (problem["__typename"], problem["field"]) == ("InvalidEmailError", "newEmail")


def test_a_change_that_is_cancelled_or_asked_again_has_no_code_any_more(
    verified: Service, token: str, sent: str, postbox: Postbox
):
    assert request(verified, token)["__typename"] == "RateLimitedError"
    verified.clock.advance(minutes=1)
    request(verified, token, "third@example.com")
    newer = postbox.code("third@example.com")
    assert confirm(verified, token, sent)["__typename"] == "InvalidOtpError"

    cancelled = verified.run("cancel_email_change", token=token)

    assert cancelled["__typename"] == "EmailChangeCancelled"
    assert confirm(verified, token, newer)["__typename"] == "InvalidOtpError"
    assert verified.run("cancel_email_change")["__typename"] == "UnauthenticatedError"


def test_wrong_late_and_malformed_codes_change_nothing(verified: Service, token: str, sent: str):
    malformed = confirm(verified, token, "12")
    assert malformed["errors"][0]["__typename"] == "InvalidOtpFormatError"
    guesses = [confirm(verified, token, wrong(sent))["__typename"] for _ in range(5)]
    assert guesses == ["InvalidOtpError"] * 5
    assert confirm(verified, token, sent)["__typename"] == "TooManyAttemptsError"
    assert verified.viewer(token)["email"] == OLD


def test_a_code_ends_in_time(verified: Service, token: str, sent: str):
    verified.clock.advance(minutes=10)

    assert confirm(verified, token, sent)["__typename"] == "ExpiredOtpError"


def test_what_the_old_address_was_mailed_ends_with_the_change(
    verified: Service, token: str, sent: str, postbox: Postbox
):
    verified.request_reset()
    reset, link = postbox.reset_code(OLD, count=2), postbox.token(OLD, count=2)

    confirm(verified, token, sent)

    assert verified.reset(reset, OLD)["__typename"] == "InvalidOtpError"
    assert verified.reset(reset, NEW)["__typename"] == "InvalidOtpError"
    assert verified.reset_by_link(link)["__typename"] == "ExpiredLinkError"


def test_the_verification_tells_when_the_address_is_changed(
    verified: Service, token: str, postbox: Postbox
):
    pending = request(verified, token)["verification"]["id"]

    def status() -> Any:
        return verified.run("get_verification_status", id=pending)

    assert status() == "PENDING"
    confirm(verified, token, postbox.code(NEW))
    assert status() == "VERIFIED"


def test_a_password_reset_ends_a_change_that_a_stranger_began(
    verified: Service, token: str, sent: str, postbox: Postbox
):
    verified.request_reset()
    verified.reset(postbox.reset_code(OLD, count=2))
    token = verified.login(password="another_password")["accessToken"]

    assert confirm(verified, token, sent)["__typename"] == "InvalidOtpError"


def test_no_status_tells_a_taken_address_from_a_free_one_whatever_becomes_of_the_request(
    verified: Service, token: str, postbox: Postbox
):
    verified.register(email=NEW)
    verified.verify(postbox.code(NEW), NEW)

    def statuses(email: str) -> list[Any]:
        """Of a request: at once, after another one, and after that one is cancelled."""
        verified.clock.advance(minutes=1)
        first = request(verified, token, email)["verification"]["id"]
        found = [verified.run("get_verification_status", id=first)]
        verified.clock.advance(minutes=1)
        second = request(verified, token, email)["verification"]["id"]
        verified.run("cancel_email_change", token=token)
        ids = (first, second)
        return found + [verified.run("get_verification_status", id=each) for each in ids]

    assert statuses("free@example.com") == statuses(NEW) == ["PENDING", None, None]


def test_a_registration_that_came_first_does_not_keep_its_owner_from_the_address(
    verified: Service, token: str, postbox: Postbox
):
    verified.register(email=NEW)
    postbox.code(NEW)

    request(verified, token)

    assert confirm(verified, token, postbox.code(NEW, count=2))["user"]["email"] == NEW
    assert verified.login(NEW)["__typename"] == "LoginSuccess"


def test_a_code_that_was_not_mailed_changes_nothing(
    verified: Service, token: str, settings: dict[str, str], database_url: str
):
    # The mail limit of the new address is used up by others.
    for _ in range(5):
        verified.register(email=NEW)
        verified.clock.advance(minutes=11)
    pending = request(verified, token)["verification"]["id"]
    [row] = rows(database_url, f"SELECT key_id FROM email_verifications WHERE id = '{pending}'")
    keys = Keyring([settings["SECRET_KEY"]])
    code = keys.otp(UUID(pending), purpose=Purpose.EMAIL_CHANGE, key_id=row["key_id"])

    assert confirm(verified, token, code)["__typename"] == "InvalidOtpError"
    assert verified.viewer(token)["email"] == OLD
