"""What a start costs: the modules that a server reads, which are most of its time and memory."""

import re
import shutil
from pathlib import Path

import pytest
from harness.polling import eventually
from harness.postgres import Cluster
from harness.processes import COMMAND, Process, Server, serving

UNUSED = {
    "aerich": "the schema is up to date",
    "aiosmtplib": "mails stay in the mailbox",
    "asyncclick": "aerich's",
    "disposable_email_domains": "the policy takes any address",
    "dns": "fastapi-mail's",
    "fastapi_mail": "mails stay in the mailbox",
    "opentelemetry": "nobody asks for traces",
    "prometheus_client": "nobody asks for metrics",
    "redis": "limits are counted in the database",
    "zxcvbn": "its list of passwords is read, and nothing else of it",
}

_IMPORT = re.compile(r"^import time: +\d+ \| +\d+ \| +([\w.]+)$", re.MULTILINE)


def imports(server: Server) -> list[str]:
    """The modules that a server and its workers have imported, as often as they have."""
    return _IMPORT.findall(server.output())


@pytest.fixture(autouse=True)
def _told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python tells each import."""
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")


def test_a_server_imports_nothing_that_it_does_not_use(migrated_sqlite: Path, tmp_path: Path):
    shutil.copy(migrated_sqlite, tmp_path / "connectx.sqlite3")

    with serving(DATA_DIR=str(tmp_path)) as server:
        answer = server.register()
        imported = imports(server)

    assert answer["__typename"] == "RegisterSuccess"
    assert "server.app" in imported
    assert UNUSED.keys() & {name.partition(".")[0] for name in imported} == set()
    assert [name for name in imported if name.startswith("server.test_server")] == []
    # structlog looks for it, so that it is named, but it is not read.
    assert [name for name in imported if name.startswith(("rich.", "pygments"))] == []


def test_a_server_that_sends_by_smtp_leaves_out_what_fastapi_mail_could_do_besides(
    migrated_sqlite: Path, tmp_path: Path
):
    shutil.copy(migrated_sqlite, tmp_path / "connectx.sqlite3")

    with serving(DATA_DIR=str(tmp_path), SMTP_URL="smtp://127.0.0.1:1") as server:
        imported = imports(server)

    assert "fastapi_mail" in imported
    # Looked for, so that both are named, but not read.
    assert {"httpx._client", "redis.asyncio"}.isdisjoint(imported)


def test_a_command_of_an_operator_imports_no_server(migrated_sqlite: Path, tmp_path: Path):
    shutil.copy(migrated_sqlite, tmp_path / "connectx.sqlite3")

    with Process(COMMAND, "tenants", "list", DATA_DIR=str(tmp_path)) as command:
        code = command.wait()
        imported = {name.partition(".")[0] for name in _IMPORT.findall(command.output())}

    assert code == 0
    assert "tortoise" in imported
    assert {"graph", "graphql", "strawberry", "structlog", "uvicorn", "uvloop"} & imported == set()


def test_workers_know_no_commands(cluster: Cluster):
    url = cluster.new_database("migrated")

    with serving("--workers", "2", DATABASE_URL=url, SECRET_KEY="k" * 32) as server:
        eventually(lambda: imports(server).count("server.app") == 2, "both workers")
        imported = imports(server)

    cluster.drop(url)
    assert imported.count("server.cli.main") == imported.count("typer") == 1
