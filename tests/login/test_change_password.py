"""Who is logged in and knows the password changes it."""

import pytest
from harness.audit_rows import actions
from harness.postbox import Postbox
from harness.service import Service

ADDRESS = "ada@example.com"


def test_the_password_is_changed_and_the_session_has_a_new_token(
    verified: Service, token: str, postbox: Postbox, database_url: str
):
    other = verified.login()["accessToken"]

    answer = verified.change_password(token)

    new = answer.pop("accessToken")
    assert answer == {
        "__typename": "PasswordChanged",
        "message": "Your password is changed.",
        "expiresAt": "2026-02-01T03:04:05.678901+00:00",
    }
    assert verified.viewer(new)["email"] == ADDRESS
    assert [verified.viewer(each) for each in (token, other)] == [None, None]
    assert verified.login()["__typename"] == "InvalidCredentialsError"
    assert verified.login(password="another_password")["__typename"] == "LoginSuccess"
    assert postbox.newest(ADDRESS, count=2)["subject"] == "Your password was changed (ConnectX)"
    assert "password_changed" in actions(database_url)


def test_other_sessions_go_on_if_the_person_says_so(verified: Service, token: str):
    other = verified.login()["accessToken"]

    answer = verified.change_password(token, keepOtherSessions=True)

    assert verified.viewer(answer["accessToken"])["email"] == ADDRESS
    assert verified.viewer(other)["email"] == ADDRESS
    assert verified.viewer(token) is None


def test_a_wrong_password_changes_nothing_and_counts_as_a_failed_login(
    verified: Service, token: str, database_url: str
):
    answers = [verified.change_password(token, "wrong_password") for _ in range(9)]

    assert answers[0] == {
        "__typename": "WrongPasswordError",
        "message": "This is not your password.",
    }
    assert [answer["__typename"] for answer in answers[8:]] == ["WrongPasswordError"]
    assert verified.change_password(token)["__typename"] == "RateLimitedError"
    assert verified.viewer(token)["email"] == ADDRESS
    assert actions(database_url).count("login_failed") == 9


@pytest.mark.parametrize("bearer", [None, "x"])
def test_nobody_changes_a_password_without_a_session(verified: Service, bearer: str | None):
    assert verified.change_password(bearer)["__typename"] == "UnauthenticatedError"


def test_the_same_password_is_no_change(verified: Service, token: str):
    answer = verified.change_password(token, new="secure_password")

    assert answer["__typename"] == "PasswordUnchangedError"
    assert verified.viewer(token)["email"] == ADDRESS


def test_a_password_that_the_policy_refuses_is_told_before_the_current_one_is_tried(
    verified: Service, token: str
):
    answers = [verified.change_password(token, "wrong_password", "short") for _ in range(20)]

    assert {answer["__typename"] for answer in answers} == {"InvalidInputError"}
    assert answers[0]["errors"][0]["field"] == "newPassword"


def test_a_pending_reset_ends_with_the_password(verified: Service, token: str, postbox: Postbox):
    verified.request_reset()
    code, link = postbox.reset_code(ADDRESS, count=2), postbox.token(ADDRESS, count=2)

    verified.change_password(token)

    assert verified.reset(code, password="third_password")["__typename"] == "InvalidOtpError"
    assert verified.reset_by_link(link, "third_password")["__typename"] == "ExpiredLinkError"
