"""`connectx mail list|show|retry`, beside a server that sends them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from harness.database import rows
from harness.polling import eventually
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Clock, Service

ADA, GRACE = "ada@example.com", "grace@example.com"
WEEK = """
roles = ["buyer"]
defaultRole = "buyer"
verificationMethods = ["OTP", "LINK"]
linkSeconds = 604800
"""
REFUSED = "451 come back later"
KEYS = [
    "id",
    "letter",
    "recipient",
    "product",
    "state",
    "attempts",
    "lastError",
    "createdAt",
    "dueAt",
    "sentAt",
]

pytestmark = pytest.mark.settings(POLICY=WEEK)


@pytest.fixture
def clock() -> Clock:
    """A day before the time of the machine, which the command reads."""
    clock = Clock()
    clock.now = datetime.now(UTC) - timedelta(hours=24)
    return clock


def fail(service: Service, postbox: Postbox, url: str, *people: str) -> None:
    """They register, and their mails are refused for 24 hours; then the mail server gives in."""
    postbox.answer = REFUSED
    for address in people:
        service.register(email=address)
    tried = "SELECT id FROM outgoing_mails WHERE last_error IS NOT NULL"
    eventually(lambda: len(rows(url, tried)) == len(people), "a try for each")
    service.clock.advance(hours=24)
    eventually(lambda: set(state(url)) == {"failed"}, "the end of the tries")
    postbox.answer = "250 OK"


def state(url: str) -> list[str]:
    return [row["state"] for row in rows(url, "SELECT state FROM outgoing_mails ORDER BY id")]


def listed(settings: dict[str, str], *options: str) -> list[dict[str, Any]]:
    return json.loads(connectx("mail", "list", "--json", *options, **settings).stdout)


def test_a_mail_that_was_refused_arrives_once_it_is_retried(
    service: Service, settings: dict[str, str], postbox: Postbox, database_url: str
):
    fail(service, postbox, database_url, ADA)

    [failed] = listed(settings, "--state", "failed")
    outputs = [
        connectx("mail", *command, *how, **settings)
        for command in (("list",), ("show", failed["id"]), ("retry", failed["id"]))
        for how in ((), ("--json",))[: 1 if command[0] == "retry" else 2]
    ]
    retried = outputs[-1]
    service.clock.now = datetime.now(UTC)  # it stood still while the commands ran
    code, token = postbox.code(ADA), postbox.token(ADA)
    again = connectx("mail", "retry", failed["id"], **settings)

    assert [*failed] == KEYS
    assert (failed["recipient"], failed["state"]) == ("a***@example.com", "failed")
    assert failed["lastError"].endswith(REFUSED)
    assert (retried.returncode, retried.stdout) == (0, "1 mail queued again.\n")
    assert again.returncode == 1
    assert again.stderr == f"Mail {failed['id']} is sent: only a failed one can be tried again.\n"
    for output in (*outputs, again, connectx("mail", "show", failed["id"], **settings)):
        assert code not in output.stdout + output.stderr
        assert token not in output.stdout + output.stderr
        assert ADA not in output.stdout + output.stderr
    assert service.verify_by_link(token)["__typename"] == "VerifyEmailSuccess"
    assert rows(
        database_url,
        "SELECT subject, detail FROM audit_entries WHERE action = 'mail_retried'",
    ) == [{"subject": "a***@example.com", "detail": f"mail {failed['id']}"}]


def test_a_mail_with_a_final_answer_is_told_with_its_reason(
    service: Service, settings: dict[str, str], postbox: Postbox, database_url: str
):
    postbox.answer = "550 5.1.1 No such user"
    reason = "SMTPDataError: 550 5.1.1 No such user"
    service.register()
    eventually(lambda: state(database_url) == ["failed"], "the end of the mail")

    [mail] = listed(settings)
    user = json.loads(connectx("users", "show", ADA, "--json", **settings).stdout)

    told = (mail["state"], mail["attempts"], mail["lastError"])
    assert told == ("failed", 1, reason)
    assert [(one["state"], one["lastError"]) for one in user["mails"]] == [("failed", reason)]
    for command in (("mail", "list"), ("mail", "show", mail["id"]), ("users", "show", ADA)):
        table = " ".join(connectx(*command, **settings).stdout.split())
        assert "failed" in table
        assert "550 5.1.1 No such user" in table, table


def test_all_that_failed_is_retried_but_for_what_is_of_no_use(
    service: Service, settings: dict[str, str], postbox: Postbox, database_url: str
):
    fail(service, postbox, database_url, ADA, GRACE, "late@example.com")
    rows(database_url, f"UPDATE users SET is_verified = TRUE WHERE email = '{GRACE}'")
    ended = "2020-01-01 00:00:00+00:00"
    late = "SELECT verification_id FROM users WHERE email = 'late@example.com'"
    rows(
        database_url,
        f"UPDATE email_verifications SET otp_expires_at = '{ended}', link_expires_at = '{ended}' "
        f"WHERE id = ({late})",
    )

    result = connectx("mail", "retry", "--failed", **settings)
    service.clock.now = datetime.now(UTC)  # it stood still while the command ran

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "1 mail queued again.\n2 left as failed: their codes and links no longer work.\n"
    )
    verified = service.verify_by_link(postbox.token(ADA))
    assert verified["__typename"] == "VerifyEmailSuccess"
    eventually(lambda: state(database_url) == ["sent", "failed", "failed"], "the report")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_mail_that_is_not_there_is_1_and_a_wrong_choice_is_2(settings: dict[str, str]):
    unknown = str(uuid4())
    for command in (("show", unknown), ("retry", unknown)):
        result = connectx("mail", *command, **settings)
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr == f"There is no mail {unknown}. `connectx mail list` lists them.\n"
    for options in ((), (unknown, "--failed"), ("nonsense",)):
        result = connectx("mail", "retry", *options, **settings)
        assert (result.returncode, result.stdout) == (2, "")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_decoys_are_listed_only_where_they_are_asked_for(
    service: Service, settings: dict[str, str]
):
    service.resend("nobody@example.com")

    assert listed(settings) == []
    assert [mail["recipient"] for mail in listed(settings, "--state", "decoy")] == [None]
