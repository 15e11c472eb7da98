"""Every query of the main path finds its rows by an index, among 100,000 people."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from harness.inbox import Postbox, eventually
from harness.population import populate
from harness.postgres import Cluster
from harness.service import Clock, running

_SMALL = {"aerich", "signing_keys"}
"""Tables of a few rows, whatever the number of people. An index of one would take longer."""

_ENTRY = re.compile(r"duration: [\d.]+ ms  plan:\n((?:\t.*\n)+)")


pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
def planned(cluster: Cluster) -> Iterator[str]:
    """A database with 100,000 people, whose plans PostgreSQL writes to its log."""
    url = cluster.new_database("migrated")
    name = url.rpartition("/")[2]
    populate(url, 100_000)
    for setting in (
        "session_preload_libraries = 'auto_explain'",
        "auto_explain.log_min_duration = 0",
        "auto_explain.log_format = 'json'",
    ):
        cluster.execute(f'ALTER DATABASE "{name}" SET {setting}')
    yield url
    cluster.drop(url)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


@pytest.mark.slow
def test_no_statement_of_the_main_path_reads_a_whole_table(
    planned: str, cluster: Cluster, settings: dict[str, str], postbox: Postbox, clock: Clock
):
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
    statements = {plan["Query Text"].split()[0] for plan in plans}
    assert {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"} <= statements
    assert len(plans) > 30
    whole = {
        (node["Relation Name"], plan["Query Text"])
        for plan in plans
        for node in nodes(plan["Plan"])
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] not in _SMALL
    }
    assert whole == set()
