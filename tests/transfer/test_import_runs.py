"""An import that is tried, killed, run again, watched, and beside a server."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from harness.database import rows
from harness.polling import eventually
from harness.processes import COMMAND, Process, connectx
from harness.service import running
from harness.user_files import PASSWORD, lines, person


def test_a_second_run_adds_nobody_and_changes_nothing(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    everybody = [person(email=f"person{number}@example.com") for number in range(1_200)]
    first = connectx("users", "import", lines(tmp_path / "1.jsonl", *everybody), **settings)
    with running(**settings) as service:
        service.login("person3@example.com", PASSWORD)
    before = rows(database_url, "SELECT * FROM users ORDER BY id")

    changed = [{**one, "name": "Somebody Else", "verified": False} for one in everybody]
    again = lines(tmp_path / "2.jsonl", *changed, person(), person(), person(name="Third"))
    second = connectx("users", "import", again, **settings)

    assert first.stdout == "1,200 imported, 0 already existed, 0 bad lines\n"
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout == "1 imported, 1,202 already existed, 0 bad lines\n"
    after = rows(database_url, "SELECT * FROM users ORDER BY id")
    assert after[:-1] == before
    assert after[-1]["name"] == "Ada Lovelace"


def test_a_dry_run_says_what_would_be_and_stores_nothing(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    connectx("users", "import", lines(tmp_path / "1.jsonl", person()), **settings)
    file = lines(tmp_path / "2.jsonl", person(), person(email="alan@example.com"), b"{}")

    result = connectx("users", "import", "--dry-run", file, **settings)

    assert result.returncode == 1
    assert result.stdout == "1 could be imported, 1 already existed, 1 bad lines\n"
    assert [row["email"] for row in rows(database_url, "SELECT email FROM users")] == [
        "ada@example.com"
    ]


def test_an_import_that_was_killed_is_run_again_without_duplicates_and_nobody_missing(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    def count() -> int:
        return rows(database_url, "SELECT count(*) AS n FROM users")[0]["n"]

    people = [person(email=f"person{number}@example.com") for number in range(6_000)]
    file = lines(tmp_path / "all.jsonl", *people)
    for goal in (500, 2_000):
        with Process(COMMAND, "users", "import", file, **settings) as importing:
            eventually(lambda: count() >= goal or not importing.runs, "some people", patience=60)  # noqa: B023 - called at once
            importing.kill()
    left = count()
    last = connectx("users", "import", file, **settings)

    assert 2_000 <= left < 6_000
    assert left % 500 == 0
    assert last.stdout == f"{6_000 - left:,} imported, {left:,} already existed, 0 bad lines\n"
    emails = [row["email"] for row in rows(database_url, "SELECT email FROM users")]
    assert sorted(emails) == sorted(one["email"] for one in people)


def test_a_file_or_a_database_that_cannot_be_used_is_told_in_a_sentence(tmp_path: Path):
    missing = connectx("users", "import", str(tmp_path / "nothing.jsonl"), DATA_DIR=str(tmp_path))
    file = lines(tmp_path / "all.jsonl", person())
    away = connectx(
        "users", "import", file, DATABASE_URL="postgres://a@127.0.0.1:1/b", SECRET_KEY="k" * 32
    )

    assert (missing.returncode, away.returncode) == (2, 2)
    assert "No such file" in missing.stderr
    assert away.stderr.startswith("The database cannot be used: ")
    assert "Traceback" not in missing.stderr + away.stderr


def test_a_server_goes_on_registering_people_during_an_import(
    settings: dict[str, str], tmp_path: Path
):
    people = [person(email=f"person{number}@example.com") for number in range(4_000)]
    file = lines(tmp_path / "all.jsonl", *people)
    with (
        running(**settings) as service,
        Process(COMMAND, "users", "import", file, **settings) as importing,
    ):
        answers = []
        while importing.runs:
            answers.append(service.register(email=f"other{len(answers)}@example.com"))
        output = importing.output()

    assert {answer["__typename"] for answer in answers} == {"RegisterSuccess"}
    assert "4,000 imported" in output


def test_a_progress_bar_is_shown_on_a_terminal(tmp_path: Path):
    people = [person(email=f"person{number}@example.com") for number in range(600)]
    file = lines(tmp_path / "all.jsonl", *people, b"nonsense")
    command = f"{COMMAND} users import {file}"

    with Process("script", "-qec", command, "/dev/null", DATA_DIR=str(tmp_path)) as terminal:
        terminal.wait()
        output = terminal.output()

    assert "600 users" in output
    assert "100%" in output
    assert re.search(r"line 601: The line is not JSON", output)
    with closing(sqlite3.connect(tmp_path / "connectx.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM users").fetchone() == (600,)
