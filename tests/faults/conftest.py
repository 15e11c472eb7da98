from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Cluster]:
    """A PostgreSQL of the test's own, with few connections and a migrated database."""
    cluster = Cluster()
    cluster.start(options="-c max_connections=20 -c superuser_reserved_connections=3")
    migrate(cluster.url("postgres"))
    yield cluster
    cluster.stop("immediate")
