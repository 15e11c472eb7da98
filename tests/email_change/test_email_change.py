"""Who is logged in changes the address, and the new mailbox confirms it."""

from typing import Any
from uuid import UUID

from harness.audit_rows import actions, details
from harness.codes import wrong
from harness.database import rows
from harness.email_changes import (
    NEW,
    OLD,
    by_code,
    request,
)
from harness.postbox import Postbox
from harness.service import Service

from accounts.keyring import Keyring
from models import Purpose


def test_the_address_changes_with_the_code_and_sessions_go_on(
    verified: Service, token: str, sent: str, database_url: str
):
    assert verified.viewer(token)["email"] == OLD

    answer = by_code(verified, token, sent)

    assert (answer["__typename"], answer["user"]["email"]) == ("EmailChanged", NEW)
    assert verified.viewer(token)["email"] == NEW
    assert verified.login(OLD)["__typename"] == "InvalidCredentialsError"
    assert verified.login(NEW)["__typename"] == "LoginSuccess"
    assert by_code(verified, token, sent)["__typename"] == "InvalidOtpError"
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


def test_the_change_needs_a_session_the_password_and_another_address(verified: Service, token: str):
    assert request(verified, None)["__typename"] == "UnauthenticatedError"
    assert by_code(verified, None, "000000")["__typename"] == "UnauthenticatedError"
    assert request(verified, token, password="x")["__typename"] == "WrongPasswordError"
    for email in ("ada", OLD, " ADA@example.com "):
        [problem] = request(verified, token, email)["errors"]
        assert (problem["__typename"], problem["field"]) == ("InvalidEmailError", "newEmail")


def test_a_change_that_is_cancelled_or_asked_again_has_no_code_any_more(
    verified: Service, token: str, sent: str, postbox: Postbox, database_url: str
):
    assert request(verified, token)["__typename"] == "RateLimitedError"
    verified.clock.advance(minutes=1)
    request(verified, token, "third@example.com")
    newer = postbox.code("third@example.com")
    assert by_code(verified, token, sent)["__typename"] == "InvalidOtpError"

    cancelled = verified.run("cancel_email_change", token=token)

    assert cancelled["__typename"] == "EmailChangeCancelled"
    assert by_code(verified, token, newer)["__typename"] == "InvalidOtpError"
    assert verified.run("cancel_email_change")["__typename"] == "UnauthenticatedError"
    verified.run("cancel_email_change", token=token)
    told = details(database_url, "email_change_cancelled")
    assert told == ["to t***@example.com", "none was pending"]


def test_wrong_late_and_malformed_codes_change_nothing(verified: Service, token: str, sent: str):
    malformed = by_code(verified, token, "12")
    assert malformed["errors"][0]["__typename"] == "InvalidOtpFormatError"
    guesses = [by_code(verified, token, wrong(sent))["__typename"] for _ in range(5)]
    assert guesses == ["InvalidOtpError"] * 5
    assert by_code(verified, token, sent)["__typename"] == "TooManyAttemptsError"
    assert verified.viewer(token)["email"] == OLD


def test_a_code_ends_in_time(verified: Service, token: str, sent: str):
    verified.clock.advance(minutes=10)

    assert by_code(verified, token, sent)["__typename"] == "ExpiredOtpError"


def test_what_the_old_address_was_mailed_ends_with_the_change(
    verified: Service, token: str, sent: str, postbox: Postbox
):
    verified.request_reset()
    reset, link = postbox.reset_code(OLD, count=2), postbox.token(OLD, count=2)

    by_code(verified, token, sent)

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
    by_code(verified, token, postbox.code(NEW))
    assert status() == "VERIFIED"


def test_a_password_reset_ends_a_change_that_a_stranger_began(
    verified: Service, token: str, sent: str, postbox: Postbox
):
    verified.request_reset()
    verified.reset(postbox.reset_code(OLD, count=2))
    token = verified.login(password="another_password")["accessToken"]

    assert by_code(verified, token, sent)["__typename"] == "InvalidOtpError"


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

    assert by_code(verified, token, code)["__typename"] == "InvalidOtpError"
    assert verified.viewer(token)["email"] == OLD
