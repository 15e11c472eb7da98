"""A forgotten password: a mail with a code and a link, each of which sets another one."""

import pytest
from harness.audit_rows import actions
from harness.codes import wrong
from harness.database import dump
from harness.password_resets import REQUESTED
from harness.postbox import Postbox
from harness.service import Service

ADDRESS = "ada@example.com"


@pytest.fixture
def code_and_token(verified: Service, postbox: Postbox) -> tuple[str, str]:
    """What the mail of a request has."""
    assert verified.request_reset() == REQUESTED
    return postbox.reset_code(ADDRESS, count=2), postbox.token(ADDRESS, count=2)


def test_the_code_sets_the_password_once_and_ends_all_sessions(
    verified: Service, code_and_token: tuple[str, str], database_url: str
):
    code, _ = code_and_token
    before = [verified.login()["accessToken"] for _ in range(2)]

    answer = verified.reset(code)

    assert answer.pop("user")["email"] == ADDRESS
    assert answer == {
        "__typename": "PasswordResetSuccess",
        "message": "Your password is changed. Log in with the new one.",
        "endedSessions": 2,
    }
    assert [verified.viewer(token) for token in before] == [None, None]
    assert verified.login()["__typename"] == "InvalidCredentialsError"
    assert verified.login(password="another_password")["__typename"] == "LoginSuccess"
    assert verified.reset(code)["__typename"] == "InvalidOtpError"
    assert "password_reset" in actions(database_url)


def test_an_expired_link_brings_another_one_and_a_used_one_none_with_the_same_answer(
    verified: Service, postbox: Postbox
):
    verified.request_reset()
    expired = postbox.token(ADDRESS, count=2)
    verified.clock.advance(hours=1)
    assert verified.reset_by_link(expired)["__typename"] == "ExpiredLinkError"

    answer = verified.request_reset_by_link(expired)

    assert answer["__typename"] == "PasswordResetRequested"
    newest = postbox.token(ADDRESS, count=3)
    assert verified.reset_by_link(newest)["__typename"] == "PasswordResetSuccess"
    postbox.newest(ADDRESS, count=4)  # the notice
    for token in (newest, expired):
        verified.clock.advance(minutes=1)
        used = verified.request_reset_by_link(token)
        assert used.keys() == answer.keys()
        assert used["message"] == answer["message"]
    verified.clock.advance(minutes=1)
    verified.request_reset()  # the next mail is this one
    assert "/reset-password" in postbox.link(ADDRESS, count=5)
    assert verified.request_reset_by_link("x" * 64)["__typename"] == "InvalidLinkError"


def test_the_link_sets_the_password_once(verified: Service, code_and_token: tuple[str, str]):
    _, token = code_and_token

    assert verified.reset_by_link(token)["__typename"] == "PasswordResetSuccess"

    assert verified.login(password="another_password")["__typename"] == "LoginSuccess"
    assert verified.reset_by_link(token)["__typename"] == "ExpiredLinkError"


def test_the_owner_is_told_of_the_change(
    verified: Service, code_and_token: tuple[str, str], postbox: Postbox
):
    verified.reset(code_and_token[0])

    assert postbox.newest(ADDRESS, count=3)["subject"] == "Your password was changed (ConnectX)"
    assert "/secure-account#token=" in postbox.link(ADDRESS, count=3)


def test_a_password_that_the_policy_refuses_costs_nothing(
    verified: Service, code_and_token: tuple[str, str]
):
    code, token = code_and_token
    refused = {
        "__typename": "InvalidInputError",
        "message": "Some fields need your attention.",
        "errors": [
            {
                "__typename": "PasswordTooShortError",
                "field": "newPassword",
                "message": "Password must be at least 8 characters.",
                "minLength": 8,
            }
        ],
    }

    assert [verified.reset(code, password="short") for _ in range(6)] == [refused] * 6
    assert verified.reset_by_link(token, "short") == refused

    assert verified.login()["__typename"] == "LoginSuccess"
    assert verified.reset(code)["__typename"] == "PasswordResetSuccess"


def test_a_wrong_code_is_refused_before_the_policy_is_asked(
    verified: Service, code_and_token: tuple[str, str]
):
    assert verified.reset(wrong(code_and_token[0]), password="short") == {
        "__typename": "InvalidOtpError",
        "message": "Invalid OTP.",
        "attemptsRemaining": 4,
    }
    nobody = verified.reset("000000", "nobody@example.com", "short")
    assert nobody["__typename"] == "InvalidOtpError"


def test_what_cannot_be_a_code_or_an_address_costs_no_attempt(verified: Service):
    answer = verified.reset("12", "ada")

    kinds = [error["__typename"] for error in answer["errors"]]
    assert kinds == ["InvalidEmailError", "InvalidOtpFormatError"]
    assert verified.request_reset("ada")["__typename"] == "InvalidInputError"


def test_five_wrong_codes_close_the_code_until_another_mail(
    verified: Service, code_and_token: tuple[str, str], postbox: Postbox
):
    code, token = code_and_token
    guesses = [verified.reset(wrong(code))["__typename"] for _ in range(5)]

    assert guesses == ["InvalidOtpError"] * 5
    assert verified.reset(code)["__typename"] == "TooManyAttemptsError"
    assert verified.reset(code, password="short")["__typename"] == "TooManyAttemptsError"

    verified.clock.advance(minutes=1)
    verified.request_reset()
    newer = postbox.reset_code(ADDRESS, count=3)
    assert verified.reset(newer)["__typename"] == "PasswordResetSuccess"
    assert verified.reset_by_link(token)["__typename"] == "ExpiredLinkError"


def test_code_and_link_end_in_time(verified: Service, code_and_token: tuple[str, str]):
    code, token = code_and_token
    verified.clock.advance(minutes=10)
    assert verified.reset(code)["__typename"] == "ExpiredOtpError"
    verified.clock.advance(minutes=50, microseconds=-1)
    assert verified.reset_by_link(token, "short")["__typename"] == "InvalidInputError"

    verified.clock.advance(microseconds=1)

    assert verified.reset_by_link(token)["__typename"] == "ExpiredLinkError"
    assert verified.login()["__typename"] == "LoginSuccess"


def test_an_older_link_works_until_one_is_used(
    verified: Service, code_and_token: tuple[str, str], postbox: Postbox
):
    verified.clock.advance(minutes=1)
    verified.request_reset()
    newer = postbox.token(ADDRESS, count=3)

    assert verified.reset_by_link(code_and_token[1])["__typename"] == "PasswordResetSuccess"
    assert verified.reset_by_link(newer)["__typename"] == "ExpiredLinkError"


def test_nothing_that_is_stored_resets_a_password(
    verified: Service, code_and_token: tuple[str, str], database_url: str
):
    stored = dump(database_url)

    assert code_and_token[0] not in stored
    assert code_and_token[1] not in stored
    assert "another_password" not in stored
