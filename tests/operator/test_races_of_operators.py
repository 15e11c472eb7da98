"""Operators who change the same user at once, or while that user logs in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from harness.database import rows
from harness.locks import undone, until_a_statement_waits
from harness.operator_commands import Run, changes
from harness.parallel_requests import at_once
from harness.polling import eventually
from harness.processes import connectx
from harness.service import Service

ADA = "ada@example.com"


def test_of_parallel_changes_each_has_one_entry(
    service: Service, connect: Run, settings: dict[str, str], database_url: str
):
    service.register()
    commands = [("users", "verify", ADA)] * 4 + [("users", "delete", ADA, "--yes")] * 3

    with ThreadPoolExecutor(len(commands)) as pool:
        results = list(pool.map(lambda command: connectx(*command, **settings), commands))

    assert {result.returncode for result in results} <= {0, 1}
    deleted = [result for result in results if result.stdout == f"{ADA} is deleted.\n"]
    verified = [result for result in results if result.stdout == f"{ADA} is verified.\n"]
    kept = [action for action, _, _ in changes(database_url)]
    assert (len(deleted), kept.count("user_deleted")) == (1, 1)
    assert len(verified) == kept.count("user_verified") <= 1


def test_a_login_that_races_with_the_end_of_its_account_leaves_no_session_and_is_no_bug(
    service: Service, database_url: str
):
    people = [f"person{number}@example.com" for number in range(12)]
    for email in people:
        service.register(email=email)
    rows(database_url, "UPDATE users SET is_verified = TRUE")
    given = [{"email": email, "password": "secure_password"} for email in people]

    with ThreadPoolExecutor(1) as pool:
        answers = pool.submit(at_once, service, "login", given)
        eventually(lambda: rows(database_url, "SELECT id FROM sessions"), "the first of them")
        for email in reversed(people):
            rows(database_url, f"DELETE FROM users WHERE email = '{email}'")
        kinds = {answer["__typename"] for answer in answers.result()}

    assert kinds <= {"LoginSuccess", "InvalidCredentialsError"}
    assert rows(database_url, "SELECT id FROM sessions") == []


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_two_operators_who_set_different_fields_of_a_letterhead_keep_both(
    settings: dict[str, str], database_url: str
):
    created = connectx("tenants", "create", "Grace Church", "--policy", "church", **settings)
    tenant = created.stdout.strip()
    changes = [("--sender-name", "Grace"), ("--reply-to", "office@grace.example")]

    with ThreadPoolExecutor(2) as pool:
        with undone(database_url, "UPDATE tenants SET name = name"):  # both read before one writes
            results = [
                pool.submit(connectx, "tenants", "set-mail", tenant, *change, **settings)
                for change in changes
            ]
            until_a_statement_waits(database_url, count=2)
        assert [result.result().returncode for result in results] == [0, 0]

    assert rows(database_url, "SELECT sender_name, reply_to FROM tenants") == [
        {"sender_name": "Grace", "reply_to": "office@grace.example"}
    ]
