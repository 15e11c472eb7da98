"""`connectx users unlock` forgets the wrong codes of a user."""

import pytest
from harness.database import rows
from harness.operator_commands import Run, changes
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Service

ADA, NOBODY = "ada@example.com", "nobody@example.com"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_locked_account_is_shown_so_until_it_is_unlocked(
    service: Service, connect: Run, settings: dict[str, str], database_url: str
):
    service.clock.now = service.clock.now.replace(year=2099)
    service.register()
    for _ in range(5):
        service.verify("000000")
    closed = connect("users", "show", ADA)
    rows(database_url, "UPDATE counters SET hits = 100 WHERE key LIKE 'guesses/account/%'")
    locked = connect("users", "show", ADA)

    connect("users", "unlock", ADA)
    unlocked = connect("users", "show", ADA)

    assert (closed["codeIsClosed"], closed["lockedUntil"]) == (True, None)
    assert locked["lockedUntil"] == "2099-01-03T03:04:05.678901+00:00"
    assert (unlocked["codeIsClosed"], unlocked["lockedUntil"]) == (False, None)
    assert changes(database_url) == [
        ("user_unlocked", "a***@example.com", f"user {unlocked['id']}")
    ]


def test_an_operator_unlocks_the_code_of_a_reset_as_well(
    service: Service, postbox: Postbox, settings: dict[str, str]
):
    service.register()
    service.request_reset()
    code = postbox.reset_code(ADA, count=2)
    for _ in range(5):
        service.reset("000000")
    before = service.reset(code)

    connectx("users", "unlock", ADA, **settings)

    assert before["__typename"] == "TooManyAttemptsError"
    assert service.reset(code)["__typename"] == "PasswordResetSuccess"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_address_that_nobody_registered_cannot_be_unlocked(
    service: Service, settings: dict[str, str]
):
    result = connectx("users", "unlock", NOBODY, **settings)

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"There is no user {NOBODY}. `connectx users list` lists them.\n"
