"""What somebody who is logged in types as the password, before a change that a thief would make."""

from typing import Any

import pytest
from harness.audit_rows import actions
from harness.service import Service

LONGEST = "x" * 1024
TOO_LONG = LONGEST + "x"

CONFIRMING: dict[str, dict[str, Any]] = {
    "request_account_deletion": {},
    "revoke_other_sessions": {},
    "revoke_session": {"id": "01a201b9-5435-76e5-b376-a31db06cb281"},
    "request_email_change": {"newEmail": "new@example.com"},
    "change_password": {"newPassword": "another_password"},
}
"""The mutations that ask for it, with the rest of their input."""


def field_of(mutation: str) -> str:
    return "currentPassword" if mutation == "change_password" else "password"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # no database is asked
def test_what_no_policy_accepts_as_a_password_is_rejected_and_is_no_failed_login(
    verified: Service, database_url: str
):
    token = verified.login()["accessToken"]
    before = actions(database_url)

    def confirm(mutation: str, password: str) -> Any:
        given = {**CONFIRMING[mutation], field_of(mutation): password}
        return verified.run(mutation, token=token, input=given)

    empty = {mutation: confirm(mutation, "")["errors"] for mutation in CONFIRMING}
    long = {mutation: confirm(mutation, TOO_LONG)["errors"] for mutation in CONFIRMING}

    assert empty == {
        mutation: [
            {
                "__typename": "PasswordRequiredError",
                "field": field_of(mutation),
                "message": "Password is required.",
            }
        ]
        for mutation in CONFIRMING
    }
    assert long == {
        mutation: [
            {
                "__typename": "PasswordTooLongError",
                "field": field_of(mutation),
                "message": "Password must be at most 1024 characters.",
                "maxLength": 1024,
            }
        ]
        for mutation in CONFIRMING
    }
    assert actions(database_url) == before
    assert confirm("revoke_other_sessions", LONGEST)["__typename"] == "WrongPasswordError"
    assert verified.login()["__typename"] == "LoginSuccess"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_all_that_is_wrong_is_told_at_once(verified: Service):
    token = verified.login()["accessToken"]

    address = {"newEmail": "x", "password": ""}
    passwords = {"currentPassword": "", "newPassword": "short"}
    answers = [
        verified.run("request_email_change", token=token, input=address),
        verified.run("change_password", token=token, input=passwords),
    ]

    assert [[error["field"] for error in answer["errors"]] for answer in answers] == [
        ["newEmail", "password"],
        ["currentPassword", "newPassword"],
    ]
