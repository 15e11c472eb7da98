"""A tenant's letterhead is set by commands, which refuse what cannot stand in a header."""

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from harness.database import rows
from harness.letterheads import ANSWERS, NAME, SENDER
from harness.processes import connectx

from accounts.operator.letterheads import Letterhead, checked_letterhead
from accounts.problems import InvalidEmail, InvalidName

TENANTS = "SELECT name, display_name, sender_name, reply_to FROM tenants"


def test_a_tenant_is_created_with_its_letterhead_and_shown_with_it(tmp_path: Path):
    options = (
        "--display-name",
        NAME,
        "--sender-name",
        SENDER,
        "--reply-to",
        " Office@Grace.Example",
    )
    data = {"DATA_DIR": str(tmp_path)}
    created = connectx("tenants", "create", "grace-1", "--policy", "church", *options, **data)
    shown = connectx("tenants", "show", created.stdout.strip(), **data).stdout

    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines()]
    assert ["name in mails", NAME] in cells
    assert ["sender of mails", SENDER] in cells
    assert ["replies go to", ANSWERS] in cells


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_set_mail_changes_what_it_is_told_and_nothing_else(database_url: str, tenant: str):
    def change(*options: str) -> dict[str, str | None]:
        result = connectx("tenants", "set-mail", tenant, *options, DATABASE_URL=database_url)
        assert result.returncode == 0, result.stderr
        return rows(database_url, TENANTS)[0]

    before = rows(database_url, TENANTS)[0]
    assert change("--sender-name", " Hope ") == {**before, "sender_name": "Hope"}
    assert change("--sender-name", "", "--reply-to", "") == {
        **before,
        "sender_name": None,
        "reply_to": None,
    }


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("display_name", "Grace\r\nBcc: eve@evil.example", "Display name must not contain control"),
        ("display_name", "x" * 201, "Display name must be at most 200 characters"),
        ("sender_name", "Grace\u202eevil", "Sender name must not contain control characters"),
        ("reply_to", "nobody", "Reply-to: "),
        ("reply_to", "a@example.com, b@example.com", "Reply-to: "),
        ("reply_to", "ada@example.com\r\nBcc: eve@evil.example", "Reply-to: "),
        ("reply_to", "дима@example.com", "Reply-to must be an address in ASCII"),
        ("reply_to", f"{'x' * 300}@example.com", "Reply-to: "),
    ],
)
def test_what_cannot_stand_in_a_header_is_refused(field: str, value: str, message: str):
    refused = checked_letterhead(Letterhead(**{field: value}))

    assert isinstance(refused, InvalidName | InvalidEmail)
    assert refused.message.startswith(message)


@pytest.mark.parametrize("command", [["create", "Grace", "--policy", "church"], ["set-mail"]])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_command_refuses_it_in_a_sentence_and_changes_nothing(
    database_url: str, tenant: str, command: list[str]
):
    before = rows(database_url, TENANTS)
    arguments = [*command, *([tenant] if command == ["set-mail"] else []), "--reply-to", "nobody"]

    result = connectx("tenants", *arguments, DATABASE_URL=database_url)

    assert (result.returncode, result.stdout) == (2, "")
    assert "Reply-to: An email address must have an @-sign." in result.stderr
    assert "Traceback" not in result.stderr
    assert rows(database_url, TENANTS) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_set_mail_prints_the_tenant_as_json_and_has_to_be_told_something(
    database_url: str, tenant: str
):
    def change(*options: str) -> CompletedProcess[str]:
        return connectx("tenants", "set-mail", tenant, *options, DATABASE_URL=database_url)

    nothing = change()
    changed = json.loads(change("--display-name", "Hope", "--json").stdout)

    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert "--display-name" in nothing.stderr
    assert (changed["id"], changed["displayName"], changed["senderName"]) == (
        *(tenant, "Hope", SENDER),
    )


def test_a_tenant_that_is_not_there_has_no_letterhead(tmp_path: Path):
    connectx("db", "upgrade", DATA_DIR=str(tmp_path))

    result = connectx("tenants", "set-mail", "nonsense", "--reply-to", "", DATA_DIR=str(tmp_path))

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "There is no tenant nonsense. `connectx tenants list` lists them.\n"
