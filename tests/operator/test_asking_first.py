"""Commands that destroy ask first, and refuse where nobody can answer."""

import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest
from harness.database import create_tenant, dump, rows
from harness.polling import eventually
from harness.postbox import Postbox
from harness.processes import COMMAND, Process, connectx
from harness.service import Service
from harness.settings import environment

ADA = "ada@example.com"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_destroyed_unasked_where_there_is_no_terminal(
    service: Service,
    postbox: Postbox,
    settings: dict[str, str],
    database_url: str,
    tmp_path: Path,
):
    older = tmp_path / "older.jsonl"
    older.write_text("older")
    service.register()
    service.verify(postbox.code(ADA))
    service.login()
    tenant = create_tenant(database_url)
    before = dump(database_url)

    for command in (
        ("users", "delete", ADA),
        ("sessions", "revoke", "--all"),
        ("tenants", "delete", tenant),
        ("users", "export", str(older)),
    ):
        result = connectx(*command, **settings)
        assert (result.returncode, result.stdout) == (2, "")
        assert (
            result.stderr == "This command asks for confirmation. Without a terminal, add --yes.\n"
        )

    assert (dump(database_url), older.read_text()) == (before, "older")


def answered(answer: str, *command: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """What a command printed on a terminal where a person typed this answer."""
    mine, theirs = pty.openpty()
    os.write(mine, f"{answer}\n".encode())
    with environment(**settings):
        result = subprocess.run([COMMAND, *command], stdin=theirs, capture_output=True, check=False)
    os.close(mine)
    os.close(theirs)
    return result


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("answer", "left", "code"), [("n", 1, 1), ("y", 0, 0)])
def test_on_a_terminal_it_is_asked_for(
    service: Service, settings: dict[str, str], database_url: str, answer: str, left: int, code: int
):
    service.register()

    result = answered(answer, "users", "delete", ADA, **settings)

    assert result.returncode == code
    assert b"Delete ada@example.com, with their sessions, codes and mails? [y/N]" in result.stderr
    assert len(rows(database_url, "SELECT id FROM users")) == left


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_export_replaces_a_file_only_if_that_is_confirmed(
    settings: dict[str, str], tmp_path: Path
):
    older = tmp_path / "older.jsonl"
    older.write_text("older")
    export = ("users", "export", str(older))

    denied = answered("n", *export, **settings)
    kept = older.read_text()
    confirmed = answered("y", *export, **settings)

    question = f"Replace {older}? [y/N]:"
    assert (denied.returncode, kept) == (1, "older")
    # A terminal shows the typed answer and its newline after the question.
    assert denied.stderr.decode() == f"{question}Nothing was changed.\n"
    assert (confirmed.returncode, older.read_text()) == (0, "")
    assert confirmed.stderr.decode() == f"{question}0 users exported\n"


@pytest.mark.parametrize(
    "command",
    [("users", "delete", ADA), ("sessions", "revoke", "--all"), ("users", "import", "-")],
    ids=" ".join,
)
def test_ctrl_c_at_a_terminal_ends_a_command_at_once_and_changes_nothing(
    service: Service, settings: dict[str, str], database_url: str, command: tuple[str, ...]
):
    service.register()
    mine, theirs = pty.openpty()
    with Process(COMMAND, *command, stdin=theirs, **settings) as process:
        # read(0, …): it waits for what is typed.
        asked = Path(f"/proc/{process.pid}/syscall")
        eventually(lambda: asked.read_text().startswith("0 0x0 "), "the question")

        os.kill(process.pid, signal.SIGINT)

        assert process.wait() in {1, 130}
        assert "Traceback" not in process.output()
    os.close(mine)
    os.close(theirs)
    assert len(rows(database_url, "SELECT id FROM users")) == 1
