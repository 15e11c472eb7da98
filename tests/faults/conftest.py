from collections.abc import Iterator

import pytest
from harness.database import migrate
from harness.postgres import Cluster


@pytest.fixture
def primary() -> Iterator[Cluster]:
    """A PostgreSQL of the test's own with a migrated database."""
    cluster = Cluster()
    cluster.start()
    migrate(cluster.url("postgres"))
    yield cluster
    cluster.stop("immediate")


@pytest.fixture
def standby(primary: Cluster) -> Iterator[Cluster]:
    """A streaming replica of it, which only reads until it is promoted."""
    cluster = Cluster(standby_of=primary)
    cluster.start()
    yield cluster
    cluster.stop("immediate")
