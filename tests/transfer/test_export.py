"""`connectx users export`: what goes out comes in again."""

import json
import stat
import subprocess
from pathlib import Path
from subprocess import PIPE

import pytest
from harness.database import create_tenant, rows
from harness.foreign_hashes import DJANGO
from harness.processes import COMMAND, Process, connectx
from harness.service import running
from harness.settings import environment
from harness.user_files import PASSWORD, lines, person

KEPT = (
    "name, email, role, is_verified, created_at, password_hash, language, invited_by, profile, "
    "is_profile_complete, deletes_at, disabled_at IS NOT NULL AS is_disabled"
)


@pytest.fixture
def populated(settings: dict[str, str], database_url: str, tmp_path: Path) -> str:
    """A church's id; it has two people, and 1,100 others belong to nobody."""
    church = create_tenant(database_url)
    file = lines(
        tmp_path / "all.jsonl",
        person(name=None, email="grace@example.com", role="pastor", tenant=church),
        person(
            name='Zoë \\"🚀',
            email="zoe@example.com",
            role="member",
            tenant=church,
            profile={"phone": "+49 30 123456", "address": None},
            deletesAt="2126-01-01T00:00:00Z",
        ),
        person(verified=False, language="de", invitedBy="grace@example.com", disabled=True),
        *(
            person(email=f"p{number}@example.com", passwordHash=DJANGO[number % 5])
            for number in range(1_099)
        ),
    )
    imported = connectx("users", "import", file, **settings)
    assert imported.stdout == "1,102 imported, 0 already existed, 0 bad lines\n"
    return church


def kept(url: str) -> list[dict[str, object]]:
    return rows(url, f"SELECT {KEPT} FROM users ORDER BY email")


def test_an_export_gives_the_same_users_in_another_database(
    populated: str, settings: dict[str, str], database_url: str, tmp_path: Path
):
    with running(**settings) as service:
        service.register(email="new@example.com")
    before = kept(database_url)
    out = tmp_path / "out.jsonl"
    exported = connectx("users", "export", str(out), **settings)
    rows(database_url, "DELETE FROM email_verifications")
    rows(database_url, "DELETE FROM users")

    imported = connectx("users", "import", str(out), **settings)

    assert (exported.returncode, exported.stdout) == (0, "")
    assert exported.stderr == "1,103 users exported\n"
    assert imported.stdout == "1,103 imported, 0 already existed, 0 bad lines\n"
    assert kept(database_url) == before
    with running(**settings) as service:
        answers = [service.login(f"{name}@example.com", PASSWORD) for name in ("p0", "zoe")]
    assert [each["__typename"] for each in answers] == [
        "LoginSuccess",
        "AccountDeletionPendingError",
    ]


def test_a_tenant_that_is_missing_where_an_export_comes_in_is_told_for_each_line(
    populated: str, settings: dict[str, str], database_url: str, tmp_path: Path
):
    out = tmp_path / "out.jsonl"
    connectx("users", "export", str(out), "--tenant", populated, **settings)
    rows(database_url, "DELETE FROM users")
    rows(database_url, "DELETE FROM tenants")

    result = connectx("users", "import", str(out), **settings)

    assert result.returncode == 1
    assert result.stderr == (
        f"line 1: tenant: There is no tenant {populated}.\n"
        f"line 2: tenant: There is no tenant {populated}.\n"
    )


def test_an_export_of_one_tenant_has_its_users_only(populated: str, settings: dict[str, str]):
    result = connectx("users", "export", "--tenant", populated, **settings)
    nobody = connectx("users", "export", "--tenant", "nonsense", **settings)

    people = [json.loads(line) for line in result.stdout.splitlines()]
    assert people[0] == {
        "name": None,
        "email": "grace@example.com",
        "role": "pastor",
        "tenant": populated,
        "verified": True,
        "created": "2020-02-29T11:30:00.500000+00:00",
        "passwordHash": people[0]["passwordHash"],
        "language": None,
        "invitedBy": None,
        "profile": None,
        "disabled": False,
        "deletesAt": None,
    }
    assert people[1]["profile"] == {"phone": "+4930123456"}
    assert people[1]["deletesAt"] == "2126-01-01T00:00:00+00:00"
    assert [one["email"] for one in people] == ["grace@example.com", "zoe@example.com"]
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert nobody.stderr.startswith("There is no tenant nonsense.")


def test_an_export_is_its_owners_only_and_replaces_an_older_one(tmp_path: Path):
    data = {"DATA_DIR": str(tmp_path)}
    out = tmp_path / "out.jsonl"
    out.write_text("older")
    out.chmod(0o644)
    connectx("users", "import", lines(tmp_path / "all.jsonl", person()), **data)

    connectx("users", "export", str(out), "--yes", **data)

    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert json.loads(out.read_text())["email"] == "ada@example.com"
    assert not (tmp_path / "out.jsonl.part").exists()


def test_an_export_that_fails_leaves_the_older_one_and_says_why(tmp_path: Path):
    out = tmp_path / "out.jsonl"
    out.write_text("older")

    unreachable = {"DATABASE_URL": "postgres://a@127.0.0.1:1/b", "SECRET_KEY": "k" * 32}
    broken = connectx("users", "export", str(out), "--yes", **unreachable)
    connectx("users", "import", lines(tmp_path / "all.jsonl", person()), DATA_DIR=str(tmp_path))
    nowhere = connectx("users", "export", "/nowhere/out.jsonl", DATA_DIR=str(tmp_path))
    full = connectx("users", "export", "/dev/full", DATA_DIR=str(tmp_path))

    assert out.read_text() == "older"
    assert broken.stderr.startswith("The database cannot be used: ")
    assert nowhere.stderr == "/nowhere/out.jsonl cannot be written: No such file or directory\n"
    assert full.stderr == "/dev/full cannot be written: No space left on device\n"
    assert {one.returncode for one in (broken, nowhere, full)} == {2}


def test_on_a_terminal_an_export_warns_of_what_it_shows(tmp_path: Path):
    command = f"{COMMAND} users export"

    with Process("script", "-qec", command, "/dev/null", DATA_DIR=str(tmp_path)) as terminal:
        terminal.wait()
        output = terminal.output()

    assert "WARNING: these lines contain password hashes." in output


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_export_whose_reader_goes_away_is_kept_in_the_audit_and_told_in_a_sentence(
    populated: str, settings: dict[str, str], database_url: str
):
    with (
        environment(**settings),
        subprocess.Popen([COMMAND, "users", "export"], stdout=PIPE, stderr=PIPE) as exporting,
    ):
        first = exporting.stdout.readline()
        exporting.stdout.close()
        told = exporting.stderr.read().decode()

    assert json.loads(first)["email"]
    assert told.startswith("stdout cannot be written: Broken pipe\n")
    assert exporting.returncode != 0
    entries = "SELECT subject, detail FROM audit_entries WHERE action = 'users_exported'"
    assert rows(database_url, entries) == [
        {"subject": "1,000 users", "detail": "of the deployment, interrupted"}
    ]
