"""The link in a notice takes the account back from a stranger."""

import pytest
from harness.audit_rows import actions
from harness.postbox import Postbox
from harness.service import Service

ADDRESS = "ada@example.com"


@pytest.fixture
def notice(verified: Service, postbox: Postbox) -> str:
    """The token in the notice of a change that a stranger made."""
    verified.change_password(verified.login()["accessToken"])
    return postbox.token(ADDRESS, count=2)


def test_all_sessions_and_the_password_end_and_a_reset_is_mailed(
    verified: Service, notice: str, postbox: Postbox, database_url: str
):
    strangers = verified.login(password="another_password")["accessToken"]

    answer = verified.secure(notice)

    assert answer == {
        "__typename": "AccountSecured",
        "message": "Everybody is logged out. Choose a new password with the email that is on its "
        "way.",
        "endedSessions": 2,
    }
    assert verified.viewer(strangers) is None
    for password in ("another_password", "secure_password", "!", ""):
        assert verified.login(password=password)["__typename"] == "InvalidCredentialsError"
    assert "account_secured" in actions(database_url)
    code = postbox.reset_code(ADDRESS, count=3)
    assert verified.reset(code, password="third_password")["__typename"] == "PasswordResetSuccess"
    assert verified.login(password="third_password")["__typename"] == "LoginSuccess"


def test_the_link_works_once(verified: Service, notice: str):
    assert verified.secure(notice)["__typename"] == "AccountSecured"
    assert verified.secure(notice)["__typename"] == "ExpiredLinkError"


def test_the_link_works_until_seven_days_are_over(verified: Service, notice: str):
    verified.clock.advance(days=7, microseconds=-1)

    assert verified.secure(notice)["__typename"] == "AccountSecured"


def test_after_seven_days_the_link_changes_nothing(verified: Service, notice: str):
    verified.clock.advance(days=7)

    assert verified.secure(notice)["__typename"] == "ExpiredLinkError"
    assert verified.login(password="another_password")["__typename"] == "LoginSuccess"


def test_a_token_that_nobody_made_is_no_link(verified: Service):
    assert verified.secure("x" * 64)["__typename"] == "InvalidLinkError"


def test_the_link_serves_nothing_else(verified: Service, notice: str):
    assert verified.reset_by_link(notice)["__typename"] == "InvalidLinkError"
    assert verified.verify_by_link(notice)["__typename"] == "InvalidLinkError"


def test_notices_have_a_limit_of_their_own(
    verified: Service, postbox: Postbox, settings: dict[str, str]
):
    token, password = verified.login()["accessToken"], "secure_password"
    for number in range(9):
        answer = verified.change_password(token, password, f"password_number_{number}")
        token, password = answer["accessToken"], f"password_number_{number}"

    postbox.newest(ADDRESS, count=10)
    assert verified.request_reset()["__typename"] == "PasswordResetRequested"
    assert postbox.newest(ADDRESS, count=11)["subject"] == "Choose a new password for ConnectX"
