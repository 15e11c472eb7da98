"""Every query of the main path finds its rows by an index that leads to them alone."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from harness.hourly_sweep import keep_from_sweeping
from harness.many_users import insert_users
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import Cluster
from harness.service import Clock, running

_SMALL = {"aerich", "signing_keys"}
"""Tables of a few rows, whatever the number of people. An index of one would take longer."""

_FEW = 1_000
"""Rows that a statement may read of a table by its index."""

_SAMPLE = "AS from_0"
"""In the query by which a server's start samples password hashes. Without statistics PostgreSQL
reads a small table for it."""

_ENTRY = re.compile(r"duration: [\d.]+ ms  plan:\n((?:\t.*\n)+)")


pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
def planned(cluster: Cluster, *, statistics: bool) -> Iterator[str]:
    """A database with many people, whose plans PostgreSQL writes to its log."""
    url = cluster.new_database("migrated")
    name = url.rpartition("/")[2]
    if not statistics:
        for table in ("users", "sessions", "email_verifications", "outgoing_mails", "counters"):
            cluster.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)", database=name)
        keep_from_sweeping(url)  # it looks for a few old rows, which may be anywhere
    insert_users(url, 100_000 if statistics else 3_000, statistics=statistics)
    for setting in (
        "session_preload_libraries = 'auto_explain'",
        "auto_explain.log_min_duration = 0",
        "auto_explain.log_format = 'json'",
        "auto_explain.log_analyze = on",
    ):
        cluster.execute(f'ALTER DATABASE "{name}" SET {setting}')
    yield url
    cluster.drop(url)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


def rows_read(node: dict[str, Any]) -> int:
    removed = sum(rows for key, rows in node.items() if key.startswith("Rows Removed by"))
    return int((node["Actual Rows"] + removed) * node["Actual Loops"])


@pytest.mark.slow
@pytest.mark.parametrize("statistics", [True, False], ids=["analyzed", "restored"])
def test_no_statement_of_the_main_path_reads_a_whole_table(
    planned: str,
    *,
    statistics: bool,
    cluster: Cluster,
    settings: dict[str, str],
    postbox: Postbox,
    clock: Clock,
):
    """Among 100,000 people, and among 3,000 in a database that has just been restored from a dump.

    There PostgreSQL has no statistics yet, and takes `IS NULL` for a rare case.
    """
    before = len(cluster.log())
    with running(clock, **{**settings, "DATABASE_URL": planned}) as service:
        service.register()
        service.register()
        code = postbox.code("ada@example.com")
        service.verify("000000")
        service.verify("000000", "nobody@example.com")
        clock.advance(minutes=2)
        service.resend()
        service.resend("nobody@example.com")
        service.verify(postbox.code("ada@example.com", count=2))
        service.verify(code)
        token = service.login()["accessToken"]
        service.viewer(token)
        service.logout(token)
        eventually(lambda: "UPDATE" in cluster.log()[before:], "the delivery's statements")

    plans = [json.loads(entry) for entry in _ENTRY.findall(cluster.log()[before:])]
    if not statistics:
        plans = [plan for plan in plans if _SAMPLE not in plan["Query Text"]]
    statements = {plan["Query Text"].split()[0] for plan in plans}
    assert {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"} <= statements
    assert len(plans) > 30
    whole = {
        (node["Relation Name"], plan["Query Text"])
        for plan in plans
        for node in nodes(plan["Plan"])
        if node.get("Relation Name", "signing_keys") not in _SMALL
        and (node["Node Type"] == "Seq Scan" or rows_read(node) > _FEW)
    }
    assert whole == set()
