from collections.abc import Iterator

import pytest
from harness.entities import INTROSPECTS, KEY
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
    with running(clock, **settings, FEDERATION="on", DELIVERY="off") as service:
        yield service
