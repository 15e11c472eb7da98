"""An operator disables an account, enables it again, and starts a reset of the password."""

from datetime import UTC, datetime

from harness.audit_rows import actions
from harness.operator_commands import Run
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Service

ADDRESS = "ada@example.com"


def test_who_is_disabled_is_logged_out_and_told_so_after_the_right_password(
    verified: Service, connect: Run, database_url: str
):
    token = verified.login()["accessToken"]

    told = connect("users", "disable", ADDRESS)

    assert told["changed"] is True
    assert verified.viewer(token) is None
    assert verified.login() == {
        "__typename": "AccountDisabledError",
        "message": "This account is disabled.",
    }
    assert verified.login(password="wrong_password")["__typename"] == "InvalidCredentialsError"
    assert connect("users", "show", ADDRESS)["disabledAt"] is not None
    assert connect("users", "enable", ADDRESS)["changed"] is True
    assert connect("users", "enable", ADDRESS)["changed"] is False
    assert verified.login()["__typename"] == "LoginSuccess"
    assert [each for each in actions(database_url) if each.startswith("user_")] == [
        "user_disabled",
        "user_enabled",
    ]


def test_who_is_disabled_cannot_reset_the_password(
    verified: Service, connect: Run, postbox: Postbox, settings: dict[str, str]
):
    verified.request_reset()
    code, link = postbox.reset_code(ADDRESS, count=2), postbox.token(ADDRESS, count=2)
    connect("users", "disable", ADDRESS)
    verified.clock.advance(minutes=1)

    assert verified.reset(code)["__typename"] == "InvalidOtpError"
    assert verified.reset_by_link(link)["__typename"] == "ExpiredLinkError"
    assert verified.request_reset()["__typename"] == "PasswordResetRequested"

    refused = connectx("users", "reset-password", ADDRESS, **settings)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"{ADDRESS} is disabled" in refused.stderr
    verified.register(email="eve@example.com")
    postbox.newest("eve@example.com")
    assert len(postbox.sent_to(ADDRESS)) == 2


def test_an_operator_starts_a_reset_and_sets_no_password(
    verified: Service, connect: Run, postbox: Postbox, database_url: str
):
    connect("users", "reset-password", ADDRESS)
    # The command has the time of the machine.
    verified.clock.now = datetime.now(UTC)

    assert verified.login()["__typename"] == "LoginSuccess"
    reset = verified.reset(postbox.reset_code(ADDRESS, count=2))
    assert reset["__typename"] == "PasswordResetSuccess"
    assert "reset_started" in actions(database_url)
