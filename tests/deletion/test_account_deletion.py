"""A person closes the account, changes their mind, or is forgotten."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from harness.audit_rows import actions, details
from harness.database import dump, rows
from harness.deletions import cancel, request, sweep
from harness.postbox import Postbox
from harness.service import Clock, Service, running

ADDRESS = "ada@example.com"


@pytest.fixture
def link(verified: Service, token: str, postbox: Postbox) -> str:
    """The token of the link in the notice of a deletion that is scheduled."""
    assert request(verified, token) == {
        "__typename": "AccountDeletionScheduled",
        "message": "Your account will be deleted. Everybody is logged out.",
        "deletesAt": "2026-01-09T03:04:05.678901+00:00",
    }
    return postbox.token(ADDRESS, count=2)


def test_sessions_end_at_once_and_a_login_tells_when_the_account_goes(
    verified: Service, token: str, link: str, database_url: str
):
    assert verified.viewer(token) is None
    assert verified.login() == {
        "__typename": "AccountDeletionPendingError",
        "message": "This account is about to be deleted. The email about it has a link that "
        "cancels this.",
        "deletesAt": "2026-01-09T03:04:05.678901+00:00",
    }
    assert verified.login(password="wrong_password")["__typename"] == "InvalidCredentialsError"
    assert "deletion_scheduled" in actions(database_url)


def test_the_time_that_is_told_is_the_one_that_is_stored(
    settings: dict[str, str], postbox: Postbox
):
    class Running(Clock):
        def __call__(self) -> datetime:
            self.advance(milliseconds=1)
            return super().__call__()

    with running(Running(), **settings) as service:
        service.register()
        service.verify(postbox.code(ADDRESS))
        told = request(service, service.login()["accessToken"])["deletesAt"]

        assert service.login()["deletesAt"] == told


def test_the_link_keeps_the_account(verified: Service, link: str, database_url: str):
    assert cancel(verified, link)["__typename"] == "AccountDeletionCancelled"

    assert verified.login()["__typename"] == "LoginSuccess"
    assert cancel(verified, link)["__typename"] == "ExpiredLinkError"
    assert cancel(verified, "x" * 64)["__typename"] == "InvalidLinkError"
    assert "deletion_cancelled" in actions(database_url)


def test_everything_that_names_the_person_is_deleted_in_time(
    verified: Service, link: str, database_url: str, settings: dict[str, str]
):
    verified.register(email="eve@example.com", invitedBy=ADDRESS)
    # The command has the time of the machine.
    later = "UPDATE users SET deletes_at = '2126-01-01 00:00:00+00:00'"
    rows(database_url, f"{later} WHERE email = '{ADDRESS}'")
    assert "0 accounts whose deletion was due" in sweep(settings)
    rows(database_url, f"{later.replace('2126', '2026')} WHERE email = '{ADDRESS}'")
    verified.clock.advance(days=7)
    assert verified.login()["__typename"] == "InvalidCredentialsError"

    assert "1 accounts whose deletion was due" in sweep(settings)

    assert ADDRESS not in dump(database_url)
    assert verified.login()["__typename"] == "InvalidCredentialsError"
    assert verified.register()["__typename"] == "RegisterSuccess"
    assert cancel(verified, link)["__typename"] == "ExpiredLinkError"
    assert details(database_url, "account_deleted") == ["as scheduled"]


def test_an_account_is_not_deleted_without_its_session_and_password(verified: Service, token: str):
    assert request(verified, None)["__typename"] == "UnauthenticatedError"
    assert request(verified, token, "wrong_password")["__typename"] == "WrongPasswordError"
    assert verified.viewer(token)["email"] == ADDRESS


def test_a_policy_of_no_days_deletes_at_once_and_a_last_mail_tells_the_person(
    settings: dict[str, str], postbox: Postbox, tmp_path: Path, database_url: str
):
    policy = tmp_path / "at_once.toml"
    policy.write_text(
        'roles = ["customer"]\ndefaultRole = "customer"\nverificationMethods = ["OTP"]\n'
        "deletionDays = 0\n"
    )
    with running(**settings, POLICY=str(policy)) as service:
        service.http.headers["accept-language"] = "de"
        service.register()
        service.verify(postbox.code(ADDRESS))

        answer = request(service, service.login()["accessToken"])
        last = postbox.newest(ADDRESS, count=2)
        kept = rows(database_url, "SELECT recipient FROM outgoing_mails")
        # The command has the time of the machine.
        rows(database_url, f"UPDATE outgoing_mails SET due_at = '{datetime.now(UTC)}'")
        sweep(settings)

    assert answer["message"] == "Ihr Konto ist gelöscht. Alle Geräte sind abgemeldet."
    assert answer["deletesAt"] == "2026-01-02T03:04:05.678901+00:00"
    assert rows(database_url, "SELECT id FROM users") == []
    assert last["subject"] == "Ihr Konto wurde gelöscht (ConnectX)"
    assert kept == [{"recipient": ADDRESS}]
    assert ADDRESS not in dump(database_url)
    assert actions(database_url)[-1] == "account_deleted"


def test_a_stranger_who_changes_the_address_and_deletes_the_account_cannot_keep_its_owner_out(
    verified: Service, token: str, postbox: Postbox
):
    theirs = "eve@example.com"
    given = {"newEmail": theirs, "password": "secure_password"}
    verified.run("request_email_change", token=token, input=given)
    otp = postbox.code(theirs)
    verified.run("confirm_email_change", token=token, input={"otp": otp})
    assert request(verified, token)["__typename"] == "AccountDeletionScheduled"

    undo = {"token": postbox.token(ADDRESS, count=2)}
    assert verified.run("undo_email_change", input=undo)["__typename"] == "EmailChangeUndone"

    verified.reset(postbox.reset_code(ADDRESS, count=3))
    assert verified.login(password="another_password")["__typename"] == "LoginSuccess"


def test_nothing_but_its_own_link_works_while_a_deletion_is_pending(
    verified: Service, token: str, postbox: Postbox
):
    verified.request_reset()
    code, link = postbox.reset_code(ADDRESS, count=2), postbox.token(ADDRESS, count=2)
    request(verified, token)
    keep = postbox.token(ADDRESS, count=3)

    assert verified.reset(code)["__typename"] == "InvalidOtpError"
    assert verified.reset_by_link(link)["__typename"] == "ExpiredLinkError"
    assert cancel(verified, keep)["__typename"] == "AccountDeletionCancelled"
