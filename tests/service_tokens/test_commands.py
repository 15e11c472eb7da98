"""`connectx audiences` and `connectx keys`: what they print, refuse and leave in the audit."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from harness.operator_commands import changes, told
from harness.polling import eventually
from harness.processes import connectx
from harness.service import Clock
from harness.service_tokens import Operator

from accounts.keyring import Keyring
from accounts.operator.audiences import AudienceCreated
from accounts.service_tokens.claims import TemplateError, check_template
from accounts.service_tokens.signing_keys import Algorithm, new_signing_key

CLAIMS = {"https://example.com/claims": {"person": "{sub}", "roles": ["{role}"]}}


@pytest.fixture
def folder(migrated_sqlite: Path, tmp_path: Path) -> dict[str, str]:
    """The settings of a server's data folder with a migrated database."""
    (tmp_path / "connectx.sqlite3").write_bytes(migrated_sqlite.read_bytes())
    return {"DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 32}


def refusal(folder: dict[str, str], *arguments: str) -> tuple[int, str]:
    result = connectx(*arguments, **folder)
    return result.returncode, " ".join(result.stderr.replace("│", " ").split())


def test_audiences_and_keys_are_made_listed_and_withdrawn(folder: dict[str, str], tmp_path: Path):
    connect = partial(told, **folder)
    template = tmp_path / "claims.json"
    template.write_text(json.dumps(CLAIMS))

    made = connect("audiences", "create", "orders", "--claims", str(template), "--email")

    assert (made["name"], made["claims"], made["email"]) == ("orders", CLAIMS, True)
    assert connect("audiences", "list") == [made]
    [first] = connect("keys", "list")
    assert (first["state"], first["algorithm"], first["readable"]) == ("signing", "ES256", True)
    following = connect("keys", "rotate", "--algorithm", "eddsa")
    assert (following["state"], following["algorithm"]) == ("next", "EdDSA")
    code, message = refusal(folder, "keys", "rotate")
    assert (code, f"The key {following['kid']} is the next one already" in message) == (1, True)
    assert connect("keys", "retire", following["kid"]) == {"retired": following["kid"]}
    assert connect("audiences", "delete", "orders") == {"deleted": "orders"}
    assert connect("audiences", "list") == []
    assert [action for action, _, _ in changes(f"sqlite://{tmp_path}/connectx.sqlite3")] == [
        "signing_key_created",
        "audience_created",
        "signing_key_created",
        "signing_key_retired",
        "audience_deleted",
    ]
    other = {**folder, "SECRET_KEY": "n" * 32}
    assert [key["readable"] for key in told("keys", "list", **other)] == [False]


def test_what_is_not_there_or_not_possible_is_told(folder: dict[str, str], tmp_path: Path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"sub": "x"}')
    told("audiences", "create", "orders", **folder)
    [key] = told("keys", "list", **folder)

    for arguments, code, wanted in (
        (("audiences", "create", "orders"), 1, "There is an audience orders already."),
        (("audiences", "create", "two words"), 2, "has 1 to 128 letters"),
        (("audiences", "create", "x", "--claims", str(broken)), 2, "is no JSON"),
        (("audiences", "create", "x", "--claims", str(wrong)), 2, "takes names that are URLs"),
        (("audiences", "create", "x", "--claims", str(tmp_path)), 2, "Is a directory"),
        (("audiences", "delete", "x"), 1, "There is no audience x."),
        (("keys", "retire", "x"), 1, "There is no key x."),
        (("keys", "retire", key["kid"]), 1, "It is the only key that signs."),
        (("keys", "rotate", "--algorithm", "HS256"), 2, "takes one of ES256, EdDSA"),
    ):
        exit_code, message = refusal(folder, *arguments)
        assert (exit_code, wanted in message) == (code, True), message


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ([], "takes a JSON object"),
        ({"role": "admin"}, "takes names that are URLs, and 'role' is none"),
        ({"https://": "x"}, "takes names that are URLs"),
        ({"https://a.example": "{password}"}, "does not know {password}"),
        ({"https://a.example": {"b": ["{email}"]}}, "uses {email}"),
        ({"https://a.example": "{}"}, "does not know {}"),
    ],
)
def test_a_template_that_could_harm_is_refused(template: Any, reason: str):
    with pytest.raises(TemplateError) as refused:
        check_template(template, has_email=False)

    assert reason in str(refused.value)


def test_an_audience_is_made_while_a_server_writes(folder: dict[str, str], tmp_path: Path):
    def is_opened() -> bool:
        opened = [file.path for file in psutil.Process().open_files()]
        return opened.count(str(tmp_path / "connectx.sqlite3")) > 1

    operator = Operator(
        {**folder, "DATABASE_URL": f"sqlite://{tmp_path}/connectx.sqlite3"}, Clock()
    )
    server = sqlite3.connect(tmp_path / "connectx.sqlite3", isolation_level=None)
    with closing(server), ThreadPoolExecutor(1) as pool:
        server.execute("BEGIN IMMEDIATE")
        server.execute("INSERT INTO counters VALUES ('x', 1, '2100-01-01 00:00:00+00:00')")
        made = pool.submit(operator.audience)
        eventually(is_opened, "the command's connection")
        server.execute("COMMIT")

        assert isinstance(made.result(), AudienceCreated)


def test_no_key_is_named_like_an_option():
    keys = Keyring(["k" * 32])
    now = datetime.now(UTC)

    # One of 64 thumbprints begins with a hyphen: 400 keys without one are no chance (0.2 %).
    made = [
        new_signing_key(Algorithm.EDDSA, now=now, signs_from=now, keys=keys).kid for _ in range(400)
    ]

    assert [kid for kid in made if kid.startswith("-")] == []
