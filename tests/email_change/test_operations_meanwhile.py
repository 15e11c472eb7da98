"""What runs while the address changes goes to the new address, and never to the former one."""

from collections.abc import Callable
from typing import Any

import pytest
from harness.audit_rows import details
from harness.database import rows
from harness.email_changes import BOTH, NEW, OLD, THIRD, request_later
from harness.locks import overtake
from harness.processes import connectx
from harness.service import Service

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

CHANGE = f"UPDATE users SET email = '{NEW}'"


@pytest.fixture
def mailed_since(verified: Service, token: str, database_url: str) -> Callable[[], Any]:
    """The templates and recipients of the mails that were written since the login."""
    newest = max(row["id"] for row in rows(database_url, "SELECT id FROM outgoing_mails"))
    since = f"SELECT letter, recipient FROM outgoing_mails WHERE id > '{newest}' ORDER BY id"
    return lambda: [(row["letter"], row["recipient"]) for row in rows(database_url, since)]


def test_a_reset_that_waits_for_a_change_is_not_mailed_to_the_former_address(
    verified: Service, mailed_since: Callable[[], Any], database_url: str
):
    answer = overtake(database_url, lambda: verified.request_reset(OLD), CHANGE)

    assert answer["__typename"] == "PasswordResetRequested"
    assert [recipient for _, recipient in mailed_since()] == [""], "a decoy"
    assert details(database_url, "reset_requested") == ["account changed meanwhile"]


def test_an_operators_reset_that_waits_for_a_change_is_mailed_to_the_new_address(
    settings: dict[str, str], mailed_since: Callable[[], Any], database_url: str
):
    result = overtake(
        database_url, lambda: connectx("users", "reset-password", OLD, **settings), CHANGE
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert mailed_since() == [("password_reset", NEW)]


@pytest.mark.parametrize(
    ("work", "kind", "notice"),
    [
        (Service.change_password, "PasswordChanged", "password_changed"),
        (
            lambda service, token: service.run(
                "revoke_other_sessions", token=token, input={"password": "secure_password"}
            ),
            "OtherSessionsRevoked",
            "sessions_ended",
        ),
        (
            lambda service, token: service.run(
                "request_account_deletion", token=token, input={"password": "secure_password"}
            ),
            "AccountDeletionScheduled",
            "deletion_scheduled",
        ),
    ],
)
def test_a_notice_that_waits_for_a_change_is_mailed_to_the_new_address(
    verified: Service,
    token: str,
    mailed_since: Callable[[], Any],
    database_url: str,
    work: Callable[[Service, str], Any],
    kind: str,
    notice: str,
):
    verified.login()
    answer = overtake(database_url, lambda: work(verified, token), CHANGE)

    assert answer["__typename"] == kind
    assert mailed_since() == [(notice, NEW)]


@pytest.mark.settings(POLICY=BOTH)
def test_another_change_that_waits_for_a_change_is_asked_for_again(
    verified: Service, token: str, mailed_since: Callable[[], Any], database_url: str
):
    answer = overtake(database_url, lambda: request_later(verified, token, THIRD), CHANGE)
    again = request_later(verified, token, THIRD)

    assert (answer["__typename"], answer["retryAfterSeconds"]) == ("UnavailableError", 2)
    assert again["__typename"] == "EmailChangeRequested"
    assert sorted(mailed_since()) == [("email_change", THIRD), ("email_consent", NEW)]
