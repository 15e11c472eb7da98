from collections.abc import Iterator

import pytest
from harness.entities import INTROSPECTS, KEY
from harness.hourly_sweep import keep_from_sweeping, wait_until_nothing_runs
from harness.postgres import Cluster
from harness.service import Clock, Service, running
from harness.service_keys import insert_service_key


@pytest.fixture
def subgraph(
    request: pytest.FixtureRequest, settings: dict[str, str], database_url: str, clock: Clock
) -> Iterator[Service]:
    """A subgraph with the keys of a gateway and of another service. PostgreSQL logs all."""
    name = database_url.rpartition("/")[2]
    if database_url.startswith("postgres"):
        cluster: Cluster = request.getfixturevalue("cluster")
        cluster.execute(f"ALTER DATABASE {name} SET log_statement = 'all'")
    insert_service_key(database_url, "entities:read", name="gateway", key=KEY)
    insert_service_key(database_url, "introspect", key=INTROSPECTS)
    keep_from_sweeping(database_url)
    with running(clock, **settings, FEDERATION="on", DELIVERY="off") as service:
        wait_until_nothing_runs(database_url)
        yield service
