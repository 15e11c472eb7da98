"""`connectx users import`: a user base comes in, and its people log in as they always have."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from database import create_tenant, rows
from hypothesis import given
from hypothesis import strategies as st
from postbox import Postbox, eventually
from process import COMMAND, Process, connectx
from service import Clock, running
from test_old_hashes import DJANGO, OPENWALL
from user_files import BCRYPT, PASSWORD, lines, person

from accounts.hash_formats import read
from accounts.newcomers import Person, check
from accounts.policies import PRESETS
from accounts.user_lines import parse

REFUSED = {"__typename": "InvalidCredentialsError", "message": "Invalid email or password"}
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def stored_hash(url: str, email: str = "ada@example.com") -> str:
    [user] = rows(url, f"SELECT password_hash FROM users WHERE email = '{email}'")
    return user["password_hash"]


def test_people_of_every_format_log_in_with_their_old_password_and_are_rehashed(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    hashes = [*DJANGO, OPENWALL, BCRYPT]
    people = [
        person(email=f"person{number}@example.com", passwordHash=encoded)
        for number, encoded in enumerate(hashes)
    ]
    imported = connectx("users", "import", lines(tmp_path / "all.jsonl", *people), **settings)

    with running(**settings) as service:
        for number, encoded in enumerate(hashes):
            address = f"person{number}@example.com"
            assert service.login(address, "correct horse batterie") == REFUSED
            assert stored_hash(database_url, address) == encoded
            assert service.login(address, PASSWORD)["__typename"] == "LoginSuccess"
            renewed = stored_hash(database_url, address)
            assert renewed.startswith("$argon2id$v=19$m=8,t=1,p=1$")
            assert service.login(address, PASSWORD)["__typename"] == "LoginSuccess"
            assert service.login(address, "correct horse batterie") == REFUSED
            assert stored_hash(database_url, address) == renewed

    assert (imported.returncode, imported.stderr) == (0, "")
    assert imported.stdout == "7 imported, 0 there already, 0 bad lines\n"


def test_all_that_a_line_says_is_kept(settings: dict[str, str], database_url: str, tmp_path: Path):
    church = create_tenant(database_url)
    file = lines(
        tmp_path / "all.jsonl",
        person(
            name=" Grace  ",
            email="GRACE@Example.com",
            role=" Pastor",
            tenant=church,
            language="pt-BR",
            invitedBy="Ada@example.com",
        ),
    )

    connectx("users", "import", file, **settings)

    with running(**settings) as service:
        answer = service.login("grace@example.com", PASSWORD)
        user = service.viewer(answer["accessToken"])
    [row] = rows(database_url, "SELECT language, invited_by, tenant_id FROM users")
    assert (user["name"], user["email"], user["role"]) == ("Grace", "grace@example.com", "pastor")
    assert (user["isVerified"], user["createdAt"]) == (True, "2020-02-29T11:30:00.500000+00:00")
    assert (row["language"], row["invited_by"]) == ("pt-BR", "ada@example.com")
    assert str(row["tenant_id"]) == church


def test_a_tenant_is_known_by_any_spelling_of_its_id(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    church = create_tenant(database_url)
    spelt = [church.upper(), f"{{{church}}}", f"urn:uuid:{church}", church.replace("-", "")]
    people = [
        person(email=f"person{number}@example.com", role="member", tenant=tenant)
        for number, tenant in enumerate(spelt)
    ]

    result = connectx("users", "import", lines(tmp_path / "all.jsonl", *people), **settings)

    assert result.stdout == "4 imported, 0 there already, 0 bad lines\n"
    assert {str(row["tenant_id"]) for row in rows(database_url, "SELECT * FROM users")} == {church}


def test_every_bad_line_is_reported_by_number_with_all_that_is_wrong_and_the_others_come_in(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    file = lines(
        tmp_path / "all.jsonl",
        person(),
        person(email="ada", role="boss", created="2999-01-01T00:00:00Z", passwordHash="md5"),
        b"",
        person(emial="grace@example.com", email=..., verified="yes", name="\0", language="x"),
        b"{",
        b'["Ada"]',
        b'{"email": "\xff"}',
        b'{"email": "\\ud800@example.com"}',
        b"[" * 2_000,
        b'{"name": "' + b"x" * 100_000 + b'"}',
        person(name="x" * 60_000),
        person(tenant="nonsense", email="alan@example.com"),
        person(passwordHash="$2b$16$" + "." * 53),
        b"\xef\xbb\xbf" + json.dumps(person(email="bom@example.com")).encode() + b"\r",
        person(**{"\x1b[2J": 1}),
        person(name=None),
    )

    result = connectx("users", "import", file, **settings)

    assert result.returncode == 1
    assert result.stdout == "2 imported, 0 there already, 13 bad lines\n"
    assert "Traceback" not in result.stderr
    # What follows is the library's to say.
    told = re.sub(r"(is not JSON in UTF-8): .+", r"\1", result.stderr)
    assert told.splitlines() == [
        "line 2: email: An email address must have an @-sign.",
        "line 2: role: Role must be one of: customer",
        "line 2: created: must not be in the future",
        "line 2: passwordHash: must be bcrypt, Argon2 or Django's PBKDF2",
        "line 4: email: is required",
        "line 4: verified: must be true or false",
        "line 4: emial: there is no such field",
        "line 4: name: Name must not contain control characters",
        "line 4: language: must be a language tag such as de or pt-BR",
        "line 5: line: is not JSON in UTF-8",
        "line 6: line: is not a JSON object",
        "line 7: line: is not JSON in UTF-8",
        "line 8: line: is not JSON in UTF-8",
        "line 9: line: is not JSON in UTF-8",
        "line 10: line: is longer than 65,536 bytes",
        "line 11: name: Name must be at most 200 characters",
        "line 12: tenant: There is no tenant nonsense",
        "line 13: passwordHash: each login would cost too much: bcrypt with a cost above 15",
        "line 15: ?[2J: there is no such field",
        "line 16: name: Name is required",
    ]
    found = {row["email"] for row in rows(database_url, "SELECT email FROM users")}
    assert found == {"ada@example.com", "bom@example.com"}


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

    assert first.stdout == "1,200 imported, 0 there already, 0 bad lines\n"
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout == "1 imported, 1,202 there already, 0 bad lines\n"
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
    assert result.stdout == "1 could be imported, 1 there already, 1 bad lines\n"
    assert [row["email"] for row in rows(database_url, "SELECT email FROM users")] == [
        "ada@example.com"
    ]


def test_an_import_that_was_killed_is_run_again_without_duplicates_and_nobody_missing(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    def count() -> int:
        with_timeout = "SELECT count(*) AS n FROM users"
        return rows(database_url, with_timeout)[0]["n"]

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
    assert last.stdout == f"{6_000 - left:,} imported, {left:,} there already, 0 bad lines\n"
    emails = [row["email"] for row in rows(database_url, "SELECT email FROM users")]
    assert sorted(emails) == sorted(one["email"] for one in people)


def test_who_was_not_verified_holds_the_address_and_asks_for_a_code(
    settings: dict[str, str], postbox: Postbox, tmp_path: Path
):
    clock = Clock()
    clock.now = datetime.now(UTC) + timedelta(minutes=1)
    file = lines(tmp_path / "all.jsonl", person(verified=False))
    connectx("users", "import", file, **settings)

    with running(clock, **settings) as service:
        taken = service.register()
        waiting = service.login(password=PASSWORD)
        guessed = service.verify("123456")
        service.resend()
        verified = service.verify(postbox.code("ada@example.com"))
        answer = service.login(password=PASSWORD)

    assert taken["__typename"] == "EmailAlreadyExistsError"
    assert waiting["__typename"] == "EmailNotVerifiedError"
    assert guessed["__typename"] == "InvalidOtpError"
    assert verified["__typename"] == "VerifyEmailSuccess"
    assert answer["__typename"] == "LoginSuccess"


def test_a_registration_that_waits_keeps_an_address_until_its_end_and_then_makes_way(
    settings: dict[str, str], database_url: str, tmp_path: Path
):
    now, earlier = Clock(), Clock()
    now.now, earlier.now = datetime.now(UTC), datetime.now(UTC) - timedelta(hours=1)
    with running(now, **settings) as service:
        service.register(email="waits@example.com")
    with running(earlier, **settings) as service:
        service.register(email="ended@example.com")
    file = lines(
        tmp_path / "all.jsonl",
        person(email="waits@example.com"),
        person(email="ended@example.com"),
    )

    result = connectx("users", "import", file, **settings)

    assert result.stdout == "1 imported, 0 there already, 1 bad lines\n"
    assert result.stderr == (
        "line 1: email: is held by a registration that waits for its verification; "
        "import it again once that has ended\n"
    )
    assert stored_hash(database_url, "ended@example.com") == BCRYPT
    assert stored_hash(database_url, "waits@example.com") != BCRYPT


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


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(st.characters(), max_size=50),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)
_FIELD = st.sampled_from(sorted({*person(), "language", "invitedBy"}))


def judged(raw: bytes) -> list[str]:
    line, problems = parse(raw)
    if line is None:
        return [problem.field for problem in problems]
    checked = check(line, policy=PRESETS["customer"], now=NOW)
    found = [problem.field for problem in problems]
    if isinstance(checked, tuple):
        return found + [problem.field for problem in checked]
    assert isinstance(checked, Person)
    return found


@given(st.binary(max_size=200))
def test_any_bytes_are_a_bad_line_and_no_error(raw: bytes):
    assert judged(raw)


@given(_FIELD, _JSON)
def test_a_value_of_any_kind_is_at_worst_a_problem_of_its_field(field: str, value):
    raw = json.dumps(person(**{field: value})).encode("utf-8", "surrogatepass")

    assert set(judged(raw)) <= {field, "line"}


@pytest.mark.parametrize(
    "created",
    [
        "",
        "2020-01-01",
        "2020-01-01T00:00:00",
        "20200101T000000Z",
        "2020-02-30T00:00:00Z",
        "2020-01-01T24:00:00Z",
        "2020-01-01T00:00:60Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "2020-W01-1T00:00:00Z",
        "٢٠٢٠-01-01T00:00:00Z",
        "1577836800",
    ],
)
def test_a_time_that_is_none_is_a_problem(created: str):
    assert judged(json.dumps(person(created=created)).encode()) == ["created"]


def test_strangers_cost_what_imported_accounts_cost_once_a_server_has_looked(
    settings: dict[str, str], tmp_path: Path
):
    def seconds(attempt) -> float:
        begun = datetime.now(UTC)
        assert attempt() == REFUSED
        return (datetime.now(UTC) - begun).total_seconds()

    costly = "pbkdf2_sha256$2000000$salt$" + "A" * 43 + "="
    people = [
        person(email=f"person{number}@example.com", passwordHash=costly) for number in range(50)
    ]
    connectx("users", "import", lines(tmp_path / "all.jsonl", *people), **settings)
    found = read(costly)
    assert found is not None
    begun = datetime.now(UTC)
    found.matches(b"any")
    hashing = (datetime.now(UTC) - begun).total_seconds()

    with running(**settings) as service:
        # The first look comes soon after the start, beside the requests.
        eventually(
            lambda: seconds(lambda: service.login("nobody@example.com")) > hashing / 2,
            "the costs of accounts",
        )


def test_a_progress_bar_is_shown_on_a_terminal(tmp_path: Path):
    people = [person(email=f"person{number}@example.com") for number in range(600)]
    file = lines(tmp_path / "all.jsonl", *people, b"nonsense")
    command = f"{COMMAND} users import {file}"

    with Process("script", "-qec", command, "/dev/null", DATA_DIR=str(tmp_path)) as terminal:
        terminal.wait()
        output = terminal.output()

    assert "600 users" in output
    assert "100%" in output
    assert re.search(r"line 601: line: is not JSON", output)
    with closing(sqlite3.connect(tmp_path / "connectx.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM users").fetchone() == (600,)
