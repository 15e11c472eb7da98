"""What commands print for people: whole on a terminal of any width, and in words."""

import json
import os
import pty
import re
import subprocess
import termios
from contextlib import suppress

import pytest
from harness.database import create_tenant
from harness.processes import COMMAND, connectx
from harness.service import Service
from harness.settings import environment

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def on_a_terminal(*arguments: str, columns: int, **settings: str) -> str:
    """What a command shows on a terminal of this width."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    with environment(**settings):
        process = subprocess.Popen([COMMAND, *arguments], stdout=theirs, stdin=theirs)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # how the end of a terminal is told
        while chunk := os.read(ours, 4096):
            shown += chunk
    os.close(ours)
    assert process.wait() == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode())


@pytest.mark.parametrize(
    ("arguments", "columns"),
    [(("users", "list"), 80), (("users", "list"), 200), (("mail", "list"), 80), (("audit",), 80)],
)
def test_a_terminal_shows_all_of_a_table_in_its_width(
    service: Service,
    settings: dict[str, str],
    database_url: str,
    arguments: tuple[str, ...],
    columns: int,
):
    church = create_tenant(database_url)
    service.register(tenant=church, role="member", email=f"{'ada' * 12}@example.com")
    documents = json.loads(connectx(*arguments, "--json", **settings).stdout)

    shown = on_a_terminal(*arguments, columns=columns, **settings)

    told = {each for each in UUID.findall(json.dumps(documents)) if arguments != ("audit",)}
    assert max(map(len, shown.splitlines())) <= columns
    assert told <= set(UUID.findall(shown))
    assert church in shown or arguments == ("mail", "list")
    assert "…" not in shown


def test_what_is_shown_of_one_thing_is_in_words_and_its_times_are_utc(
    service: Service, settings: dict[str, str]
):
    service.register()

    user = connectx("users", "show", "ada@example.com", **settings).stdout
    [found] = json.loads(connectx("mail", "list", "--json", **settings).stdout)
    mail = connectx("mail", "show", found["id"], **settings).stdout

    labels = [line.split("│")[1].strip() for line in user.splitlines() if line.count("│") == 3]
    assert labels[:9] == [
        *("id", "email", "name", "role", "tenant", "verified", "created", "language", "invited by")
    ]
    assert re.search(r"│ created +│ 2026-01-02 03:04Z", user)
    assert re.search(r"│ last error +│", mail)
    assert re.search(r"│ sent +│ \d{4}-\d\d-\d\d \d\d:\d\dZ", mail)
