"""Operators who change the same user at once, or while that user logs in."""

from concurrent.futures import ThreadPoolExecutor

from harness.database import rows
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
