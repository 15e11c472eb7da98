"""Commands that destroy ask first, and refuse where nobody can answer."""

import os
import pty
import subprocess

import pytest
from database import create_tenant, dump, rows
from postbox import Postbox
from process import COMMAND, connectx
from service import Service, environment

ADA = "ada@example.com"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_destroyed_unasked_where_there_is_no_terminal(
    service: Service, postbox: Postbox, settings: dict[str, str], database_url: str
):
    service.register()
    service.verify(postbox.code(ADA))
    service.login()
    tenant = create_tenant(database_url)
    before = dump(database_url)

    for command in (
        ("users", "delete", ADA),
        ("sessions", "revoke", "--all"),
        ("tenants", "delete", tenant),
    ):
        result = connectx(*command, **settings)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr == "This asks first. Where there is no terminal, add --yes.\n"

    assert dump(database_url) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("answer", "left", "code"), [("n", 1, 1), ("y", 0, 0)])
def test_on_a_terminal_it_is_asked_for(
    service: Service, settings: dict[str, str], database_url: str, answer: str, left: int, code: int
):
    service.register()
    mine, theirs = pty.openpty()
    os.write(mine, f"{answer}\n".encode())
    with environment(**settings):
        result = subprocess.run(
            [COMMAND, "users", "delete", ADA], stdin=theirs, capture_output=True, check=False
        )
    os.close(mine)
    os.close(theirs)

    assert result.returncode == code
    assert b"Delete ada@example.com, with their sessions, codes and mails? [y/N]" in result.stderr
    assert len(rows(database_url, "SELECT id FROM users")) == left
