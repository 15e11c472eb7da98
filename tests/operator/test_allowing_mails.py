"""An operator lets an address get mails again that somebody has disowned."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from harness.operator_commands import Run, changes
from harness.policies import CONCEALING
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Clock, Service, running
from harness.user_files import lines, person

ADDRESS = "ada@example.com"


@pytest.fixture
def disowned(settings: dict[str, str], postbox: Postbox) -> Iterator[Service]:
    """A server whose registration of Ada was disowned a minute ago, by the time of commands."""
    clock = Clock()
    clock.now = datetime.now(UTC)
    with running(clock, **settings) as service:
        service.register()
        service.disown(postbox.disown_token(ADDRESS))
        clock.advance(minutes=1)
        yield service


def test_the_command_ends_the_thirty_days_and_is_in_the_audit(
    disowned: Service, connect: Run, postbox: Postbox, database_url: str
):
    refused = disowned.register()["__typename"]

    assert connect("users", "allow-mails", "ADA@Example.com") == {"changed": True, "email": ADDRESS}
    assert connect("users", "allow-mails", ADDRESS) == {"changed": False, "email": ADDRESS}

    assert refused == "RateLimitedError"
    assert disowned.register()["__typename"] == "RegisterSuccess"
    assert disowned.verify(postbox.code(ADDRESS, count=2))["__typename"] == "VerifyEmailSuccess"
    assert changes(database_url) == [("mails_allowed", "a***@example.com", None)]


def test_an_imported_person_gets_mails_whatever_was_disowned_before(
    disowned: Service, settings: dict[str, str], postbox: Postbox, tmp_path: Path
):
    file = lines(tmp_path / "all.jsonl", person(email=ADDRESS, verified=True))
    checked = connectx("users", "import", file, "--dry-run", **settings)
    refused = disowned.register()["__typename"]

    imported = connectx("users", "import", file, **settings)

    assert (checked.stdout, refused) == (
        "1 could be imported, 0 already existed, 0 bad lines\n",
        "RateLimitedError",
    )
    assert imported.stdout == "1 imported, 0 already existed, 0 bad lines\n"
    disowned.request_reset()
    reset = disowned.reset(postbox.reset_code(ADDRESS, count=2))
    assert reset["__typename"] == "PasswordResetSuccess"


@pytest.mark.settings(POLICY=CONCEALING)
def test_whom_an_operator_verifies_gets_mails_whatever_was_disowned_before(
    disowned: Service, connect: Run, postbox: Postbox
):
    concealed = disowned.register()["__typename"]

    connect("users", "verify", ADDRESS)

    assert concealed == "RegistrationPending"
    disowned.request_reset()
    reset = disowned.reset(postbox.reset_code(ADDRESS, count=2))
    assert reset["__typename"] == "PasswordResetSuccess"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_no_address_is_refused_and_any_other_one_is_told_of(settings: dict[str, str]):
    wrong = connectx("users", "allow-mails", "ada", **settings)
    never = connectx("users", "allow-mails", ADDRESS, **settings)

    assert wrong.returncode == 2
    assert never.stdout == f"{ADDRESS} gets mails already.\n"
