"""How a database comes to the schema of a release, and what says so."""

import re
from collections.abc import Iterator

import pytest
from harness.postgres import Cluster, free_port
from harness.processes import COMMAND, Process, connectx, serving
from harness.settings import SECRET_KEY

from models import upgrade

NEWEST = sorted(path.name for path in upgrade.migrations("postgres").glob("[0-9]*_*.py"))


@pytest.fixture
def blank(cluster: Cluster) -> Iterator[dict[str, str]]:
    """The settings for a PostgreSQL database without any table."""
    url = cluster.new_database()
    yield {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY}
    cluster.drop(url)


def test_ten_nodes_may_upgrade_at_once(blank: dict[str, str]):
    nodes = [Process(COMMAND, "db", "upgrade", **blank) for _ in range(10)]

    assert [node.wait() for node in nodes] == [0] * 10
    applied = sum(len(re.findall("applied", node.output())) for node in nodes)
    assert applied == len(NEWEST)


def test_the_status_tells_what_is_pending(blank: dict[str, str]):
    status = connectx("db", "status", **blank)

    assert status.returncode == 1
    assert status.stdout.splitlines() == [
        *(f"pending {name}" for name in NEWEST),
        "Run `connectx db upgrade` to apply them.",
    ]
    assert connectx("db", "upgrade", **blank).returncode == 0
    status = connectx("db", "status", **blank)
    assert (status.returncode, status.stdout) == (0, "The schema is up to date.\n")


def test_a_server_refuses_a_schema_that_is_behind_and_says_what_to_do(blank: dict[str, str]):
    refused = connectx("serve", "--port", str(free_port()), **blank)

    assert refused.returncode == 2
    assert refused.stderr.splitlines() == [
        "The database's schema is behind: run `connectx db upgrade` first."
    ]


def test_a_server_upgrades_on_start_when_it_is_told_to(blank: dict[str, str]):
    with serving("--upgrade", **blank) as server:
        assert server.register()["__typename"] == "RegisterSuccess"
