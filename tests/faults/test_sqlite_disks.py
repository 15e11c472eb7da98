"""SQLite on a disk that is full or read-only: clear messages, typed answers, and no hanging."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness.database import rows
from harness.doctor_findings import about, ask
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import free_port
from harness.processes import connectx, refused_start, serving
from harness.small_disk import Disk, small_disk

_KEY = "k" * 32

UNAVAILABLE = {
    "__typename": "UnavailableError",
    "message": "Service temporarily unavailable. Please try again.",
    "retryAfterSeconds": 2,
}

_PATIENCE = 5.0
"""Seconds for a message, beyond what the machine needs to start a command at all."""

COMMANDS = [
    ("users", "list"),
    ("tenants", "create", "Grace Church", "--policy", "church"),
    ("db", "status"),
    ("db", "upgrade"),
    ("serve",),
]

STATES: dict[str, tuple[Callable[[Disk], None], str]] = {
    "read-only": (Disk.make_read_only, "read-only"),
    "full": (Disk.fill, "its disk is full"),
}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.mark.parametrize("state", STATES)
def test_every_command_says_within_seconds_that_the_disk_cannot_be_written(disk: Disk, state: str):
    chosen = {"DATA_DIR": str(disk.path / "data"), "SECRET_KEY": _KEY}
    begun = time.monotonic()
    assert connectx("db", "upgrade", **chosen).returncode == 0
    healthy = time.monotonic() - begun
    spoil, reason = STATES[state]
    spoil(disk)

    for command in COMMANDS:
        port = ("--port", str(free_port())) if command == ("serve",) else ()
        begun = time.monotonic()
        result = connectx(*command, *port, **chosen)

        assert (result.returncode, result.stdout) == (2, ""), command
        assert str(disk.path / "data" / "connectx.sqlite3") in result.stderr
        assert reason in result.stderr.lower()
        assert len(result.stderr.splitlines()) == 1, result.stderr
        assert time.monotonic() - begun < _PATIENCE + 2 * healthy


@pytest.mark.parametrize("state", STATES)
def test_doctor_tells_what_is_wrong_with_the_disk(disk: Disk, state: str):
    chosen = {"DATA_DIR": str(disk.path), "SECRET_KEY": _KEY}
    assert connectx("db", "upgrade", **chosen).returncode == 0
    spoil, reason = STATES[state]
    spoil(disk)

    _, found = ask(**chosen)

    [(outcome, what)] = about("database", found)
    assert (outcome, reason in what) == ("failed", True)


def test_a_new_database_on_a_full_disk_is_refused_and_made_once_there_is_room(disk: Disk):
    chosen = {"DATA_DIR": str(disk.path), "SECRET_KEY": _KEY}
    disk.fill()
    refused = connectx("db", "upgrade", **chosen)
    key = connectx("users", "list", DATA_DIR=str(disk.path))
    disk.free()

    assert refused.returncode == 2
    assert refused.stderr.splitlines()[-1] == (
        f"{disk.path / 'connectx.sqlite3'} cannot be used: database or disk is full "
        "(its disk is full)."
    )
    assert (key.returncode, "Traceback" in key.stderr) == (2, False)
    assert connectx("db", "upgrade", **chosen).returncode == 0
    assert connectx("users", "list", **chosen).returncode == 0


def test_a_disk_that_fills_up_is_answered_with_a_type_and_needs_no_restart(
    disk: Disk, postbox: Postbox
):
    with serving(DATA_DIR=str(disk.path), SECRET_KEY=_KEY, SMTP_URL=postbox.url) as server:
        registered = ["ada@example.com"]
        assert server.register()["__typename"] == "RegisterSuccess"
        disk.fill()
        # SQLite first uses up the room in its own files.
        for number in range(200):
            email = f"{number}@example.com"
            if (answer := server.register(email=email)) == UNAVAILABLE:
                break
            registered.append(email)
        assert answer == UNAVAILABLE
        disk.fill()
        for _ in range(3):
            assert server.register(email="nobody@example.com") == UNAVAILABLE
            assert server.resend() == UNAVAILABLE
        _, found = ask(DATA_DIR=str(disk.path), SECRET_KEY=_KEY)
        [(outcome, what)] = about("database", found)
        assert (outcome, "its disk is full" in what) == ("failed", True)

        disk.free()
        eventually(
            lambda: server.register(email="grace@example.com") != UNAVAILABLE, "room for Grace"
        )
        registered.append("grace@example.com")
        code = postbox.code("grace@example.com")
        verified = server.verify(code, "grace@example.com")
        assert verified["__typename"] == "VerifyEmailSuccess"
        users = rows(f"sqlite://{disk.path / 'connectx.sqlite3'}", "SELECT email FROM users")
        assert {user["email"] for user in users} == set(registered), "what failed is not stored"
        eventually(lambda: {to for to, _ in postbox.mails} == set(registered), "all mails")
        assert server.stop() == 0


def test_a_second_server_on_a_database_is_refused_until_the_first_is_gone(
    data: Path, tmp_path: Path
):
    def start() -> tuple[int, str]:
        result = connectx("serve", "--port", str(free_port()), DATA_DIR=str(data))
        return result.returncode, result.stderr

    with serving(DATA_DIR=str(data)) as server:
        server.register()

        code, message = start()
        assert code == 2
        assert message.startswith(f"Another server uses {data / 'connectx.sqlite3'}. Stop it")
        other = tmp_path / "link.sqlite3"
        other.symlink_to(data / "connectx.sqlite3")
        by_link = refused_start(DATABASE_URL=f"sqlite://{other}", SECRET_KEY=_KEY)
        assert (by_link.returncode, "Another server uses" in by_link.stderr) == (2, True)
        listed = connectx("users", "list", DATA_DIR=str(data))
        assert (listed.returncode, "ada@example.com" in listed.stdout) == (0, True)
        server.kill()

    with serving(DATA_DIR=str(data)) as server:
        assert server.register(email="grace@example.com")["__typename"] == "RegisterSuccess"
