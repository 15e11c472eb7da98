"""The lines of an import: what is bad about one, and that none is an error."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from harness.database import rows
from harness.processes import connectx
from harness.user_files import lines, person
from hypothesis import given
from hypothesis import strategies as st

from accounts.policies.presets import PRESETS
from accounts.transfer.line_check import Person, check
from accounts.transfer.lines import parse

NOW = datetime(2026, 1, 2, tzinfo=UTC)


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
        person(profile={"phone": "+49 30 123456", "\x1b[2J": True}),
        person(profile={"phone": 1}),
    )

    result = connectx("users", "import", file, **settings)

    assert result.returncode == 1
    assert result.stdout == "2 imported, 0 already existed, 15 bad lines\n"
    assert "Traceback" not in result.stderr
    # What follows is the library's to say.
    told = re.sub(r"(is not JSON in UTF-8): .+", r"\1", result.stderr)
    assert told.splitlines() == [
        "line 2: email: An email address must have an @-sign.",
        "line 2: role: Role must be one of: customer.",
        "line 2: created: It must not be in the future.",
        "line 2: passwordHash: It must be bcrypt, Argon2 or Django's PBKDF2.",
        "line 4: email: The field is required.",
        "line 4: verified: It must be true or false.",
        "line 4: emial: There is no such field.",
        "line 4: name: Name must not contain control characters.",
        "line 4: language: It must be a language tag such as de or pt-BR.",
        "line 5: The line is not JSON in UTF-8",
        "line 6: The line is not a JSON object.",
        "line 7: The line is not JSON in UTF-8",
        "line 8: The line is not JSON in UTF-8",
        "line 9: The line is not JSON in UTF-8",
        "line 10: The line is longer than 65,536 bytes.",
        "line 11: name: Name must be at most 200 characters.",
        "line 12: tenant: There is no tenant nonsense.",
        "line 13: passwordHash: Each login would cost too much: bcrypt with a cost above 15.",
        "line 15: ?[2J: There is no such field.",
        "line 16: name: Name is required.",
        "line 17: profile.phone: There is no such field.",
        "line 17: profile.?[2J: There is no such field.",
        "line 18: profile: It must be an object of texts, true and false.",
    ]
    found = {row["email"] for row in rows(database_url, "SELECT email FROM users")}
    assert found == {"ada@example.com", "bom@example.com"}


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(st.characters(), max_size=50),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)
_OPTIONAL = {"language", "invitedBy", "profile", "disabled", "deletesAt"}
_FIELD = st.sampled_from(sorted({*person(), *_OPTIONAL}))


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

    assert {name.partition(".")[0] for name in judged(raw)} <= {field, "line"}


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


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"disabled": True, "deletesAt": "2026-12-31T00:00:00Z"}, []),
        ({"deletesAt": "2020-01-01T00:00:00Z"}, []),
        ({"disabled": "yes"}, ["disabled"]),
        ({"deletesAt": "soon"}, ["deletesAt"]),
        ({"deletesAt": 7}, ["deletesAt"]),
    ],
)
def test_an_account_that_is_disabled_or_about_to_be_deleted(
    changed: dict[str, Any], wrong: list[str]
):
    assert judged(json.dumps(person(**changed)).encode()) == wrong
