"""The start of `connectx test-server`: what it prints, and what it refuses."""

from pathlib import Path

import psutil
import pytest
from harness.controlled_server import controlled
from harness.machine import slowness
from harness.processes import connectx
from harness.service import running
from harness.settings import environment

from server.settings import SettingsError
from server.test_server.settings import read_settings


def test_the_first_line_says_where_all_is_after_two_seconds_of_work_at_most(tmp_path: Path):
    slow = slowness()

    with controlled(DATA_DIR=str(tmp_path / "data"), POLICY="church") as server:
        used = psutil.Process(server.pid).cpu_times()
        url = server.places["url"]

        assert used.user + used.system < 2 * max(slow, slowness())
        assert server.output().count("\n") == 1
        assert server.places == {
            "url": url,
            "graphql": f"{url}/graphql",
            "control": f"{url}/test",
            "mailbox": f"{url}/mailbox",
            "mails": f"{url}/mailbox/api/v1",
        }
        assert url.startswith("http://127.0.0.1:")
        assert server.http.get("/readyz").json() == {"status": "ok"}
        assert server.policy()["roles"] == ["pastor", "member"]
        assert server.stop() == 0
    assert [*tmp_path.iterdir()] == []


def test_what_belongs_to_other_servers_is_refused_all_at_once(tmp_path: Path):
    file = tmp_path / "settings.env"
    file.write_text("CONNECTX_SMTP_URL=smtp://mail.example.com\n")
    others = {"DATABASE_URL": "postgres://db/connectx", "RATE_LIMIT_URL": "redis://cache"}

    refused = connectx("test-server", "--env-file", str(file), **others)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert [line.partition(";")[0] for line in refused.stderr.splitlines()] == [
        "CONNECTX_DATABASE_URL: unset it",
        "CONNECTX_SMTP_URL: unset it",
        "CONNECTX_RATE_LIMIT_URL: unset it",
    ]


@pytest.mark.parametrize("name", ["DATABASE_URL", "SMTP_URL", "RATE_LIMIT_URL"])
def test_what_belongs_to_other_servers_is_refused_in_lower_case_as_well(
    name: str, monkeypatch: pytest.MonkeyPatch
):
    # Without its value, the name in upper case does not stand in for the other one.
    with environment(**{name: ""}):
        monkeypatch.setenv(f"connectx_{name.lower()}", "sqlite://other.sqlite3")
        with pytest.raises(SettingsError) as refused:
            read_settings()

    assert str(refused.value).startswith(f"CONNECTX_{name}: unset it;")


def test_serve_has_no_controls(tmp_path: Path):
    with running(DATA_DIR=str(tmp_path)) as service:
        for name in ("", "/reset", "/seed", "/tenants", "/advance", "/fail"):
            answers = [service.http.get(f"/test{name}"), service.http.post(f"/test{name}")]
            assert [answer.status_code for answer in answers] == [404, 404]
