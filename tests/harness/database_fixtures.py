"""The databases that tests run on, as fixtures."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from harness.database import migrate
from harness.postgres import Cluster
from harness.service_keys import insert_service_key

from models.sql.database import connected


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL with a migrated database named `migrated`, to be copied."""
    cluster = Cluster()
    cluster.start()
    cluster.execute("CREATE DATABASE migrated")
    migrate(cluster.url("migrated"))
    yield cluster
    cluster.stop("immediate")


@pytest.fixture
def primary() -> Iterator[Cluster]:
    """A PostgreSQL of the test's own with a migrated database."""
    cluster = Cluster()
    cluster.start()
    migrate(cluster.url("postgres"))
    yield cluster
    cluster.stop("immediate")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    migrate(f"sqlite://{path}")
    return path


@pytest.fixture(scope="module")
def file_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of an SQLite database for a whole file, which its server creates."""
    return f"sqlite://{tmp_path_factory.mktemp('data')}/db"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "connectx.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite://{path}"
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.new_database("migrated")
        yield url
        cluster.drop(url)


@pytest.fixture
def service_key(database_url: str) -> str:
    """The key of another service, which may ask about tokens."""
    return insert_service_key(database_url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[None]:
    """The models, connected in an asynchronous test's own loop."""
    async with connected(database_url):
        yield
