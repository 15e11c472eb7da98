"""`connectx doctor`: what it finds, and that it leaves all as it is."""

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from harness.doctor_findings import SENDER, about, ask, mail_server
from harness.paths import ROOT
from harness.postgres import Cluster
from harness.processes import connectx, serving
from harness.settings import CHEAP_HASHES

from server.doctor.database import drift
from server.doctor.findings import State

KEY = "0123456789abcdef" * 2
MIGRATIONS = [*(ROOT / "models" / "migrations" / "postgres").glob("[0-9]*.py")]


def test_where_all_is_well_all_is_fine_and_nothing_is_sent(settings: dict[str, str], trusted: Any):
    with mail_server(tls_context=trusted) as (postbox, where):
        chosen = {
            **settings,
            "SECRET_KEY": KEY,
            "SMTP_URL": f"smtp://me:p%40ssword-42@{where}",
            "MAIL_FROM": SENDER,
        }
        with serving(**chosen) as server:
            code, found = ask(**chosen, PUBLIC_URL=server.url)
            table = connectx("doctor", **chosen, PUBLIC_URL=server.url)
        assert postbox.mails == []

    # The certificate is made for a day.
    assert about("mail", found)[0] == ("ok", f"{where}: connects, STARTTLS, logs in")
    assert about("mail", found)[1][0] == "warning"
    others = [one for one in found if one["subject"] != "mail"]
    assert {(one["state"], one["toDo"]) for one in others} == {("ok", "")}
    expected = {"settings", "database", "schema", "secret key", "sender", "public URL", "limits"}
    assert expected | {"hashing"} <= {one["subject"] for one in found}
    assert (code, table.returncode) == (0, 0)
    assert "STARTTLS, logs in" in table.stdout


def test_a_schema_that_is_behind_is_told_and_left_as_it_is(cluster: Cluster):
    url = cluster.new_database()
    try:
        for _ in range(2):
            code, found = ask(DATABASE_URL=url, SECRET_KEY=KEY)
            assert about("schema", found) == [("failed", f"{len(MIGRATIONS)} migrations behind")]
            assert about("database", found)[0][0] == about("clock", found)[0][0] == "ok"
            assert code == 1
    finally:
        cluster.drop(url)


def test_nothing_is_made_where_nothing_is_yet(tmp_path: Path):
    code, found = ask(DATA_DIR=str(tmp_path / "data"))

    assert code == 0
    assert about("database", found)[0][0] == about("secret key", found)[0][0] == "ok"
    assert about("mail", found) == [
        ("warning", "no mail is sent; /mailbox shows every code to anybody")
    ]
    assert about("breached passwords", found) == [
        ("ok", "not looked for; the 30,000 most common passwords are refused")
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_leaves_its_mails_to_a_mail_worker_is_told_so(tmp_path: Path):
    code, found = ask(DATA_DIR=str(tmp_path / "data"), MAILBOX="off")

    assert (code, about("mail", found)) == (
        0,
        [("warning", "no mail is sent from here: they wait for `connectx mail worker`")],
    )


def test_a_public_url_that_leads_elsewhere_is_a_failure_and_one_that_leads_nowhere_a_warning(
    tmp_path: Path,
):
    data = {"DATA_DIR": str(tmp_path)}
    with serving(**data) as server:
        code, found = ask(**data, PUBLIC_URL=f"{server.url}/elsewhere")
    assert about("public URL", found)[0][0] == "failed"
    assert code == 1

    code, found = ask(**data, PUBLIC_URL="https://127.0.0.1:1")
    assert about("public URL", found) == [
        ("warning", "https://127.0.0.1:1 cannot be reached from here: Connection refused")
    ]
    assert about("proxies", found)[0][0] == "warning"
    assert code == 0


def test_wrong_settings_are_told_and_the_rest_is_checked(tmp_path: Path):
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    code, found = ask(
        DATA_DIR=str(tmp_path),
        DATABASE_URL="mysql://me:secret-42@host",
        SMPT_URL="smtp://host",
        ARGON2_ITERATIONS="1",
        RATE_LIMITS="off",
        TEST_ADDRESSES=f"*@test.example;until={tomorrow}",
    )

    assert code == 1
    told = f"*@test.example until {tomorrow}: they get no mail, and whoever has the secret key"
    assert about("test addresses", found) == [("warning", f"{told} can enter their accounts")]
    assert len(about("settings", found)) == 2
    assert "did you mean CONNECTX_SMTP_URL?" in about("settings", found)[0][1]
    assert about("database", found) == about("secret key", found) == [("warning", "not checked")]
    assert about("hashing", found)[0][0] == about("limits", found)[0][0] == "warning"
    assert about("mail", found)[0][0] == "warning"
    assert "secret-42" not in json.dumps(found)


def test_what_is_not_there_or_never_answers_is_told_without_a_trace(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        result = connectx(
            "doctor",
            DATABASE_URL=f"postgres://me:secret-42@127.0.0.1:{port}/connectx",
            DATABASE_TIMEOUT="1",
            RATE_LIMIT_URL="redis://:secret-42@127.0.0.1:1",
            PUBLIC_URL=f"http://127.0.0.1:{port}",
            SMTP_URL=f"smtp://127.0.0.1:{port}",
            **CHEAP_HASHES,
        )

    assert result.returncode == 1
    assert (result.stderr, "Traceback" in result.stdout) == ("", False)
    assert "secret-42" not in result.stdout
    for subject in ("database", "mail", "public URL", "limits", "hashing"):
        assert f"│ {subject} " in result.stdout


def test_a_key_that_is_easy_to_guess_or_readable_by_others_is_a_warning(tmp_path: Path):
    key = tmp_path / "secret.key"
    key.write_text(KEY)
    key.chmod(0o644)

    _, readable = ask(DATA_DIR=str(tmp_path))
    _, poor = ask(DATA_DIR=str(tmp_path), SECRET_KEY="k" * 32)

    assert about("secret key", readable) == [("warning", f"{key} can be read by others")]
    assert about("secret key", poor) == [("warning", "set, but easy to guess")]


@pytest.mark.parametrize(
    ("apart", "state"),
    [(-3.0, "warning"), (-1.0, "ok"), (0.0, "ok"), (2.5, "ok"), (5.0, "warning")],
)
def test_a_clock_that_is_more_than_two_seconds_off_is_a_warning(apart: float, state: str):
    before = datetime(2026, 1, 2, tzinfo=UTC)
    after = before + timedelta(seconds=1)

    found = drift(before + timedelta(seconds=apart), before=before, after=after)

    assert found.state == State(state)
