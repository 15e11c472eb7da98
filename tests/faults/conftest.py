from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.database import migrate
from harness.postbox import Postbox
from harness.postgres import Cluster
from harness.settings import SECRET_KEY


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


@pytest.fixture
def impatient(fragile: Cluster, postbox: Postbox) -> dict[str, str]:
    """The settings of a server that waits for this database for two seconds."""
    return {
        "DATABASE_URL": fragile.url("postgres"),
        "DATABASE_TIMEOUT": "2",
        "REQUEST_TIMEOUT": "3",
        "DATABASE_POOL": "4",
        "SECRET_KEY": SECRET_KEY,
        "SMTP_URL": postbox.url,
        "RATE_LIMITS": "off",
        "MAIL_LEASE": "2",
    }
