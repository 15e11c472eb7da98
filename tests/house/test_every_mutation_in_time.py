"""Each mutation of the schema is answered in time, whatever hangs."""

import time
from collections.abc import Iterator

import pytest
from harness.database import migrate
from harness.every_mutation import MUTATIONS, ask
from harness.locks import locked
from harness.postgres import Cluster
from harness.service import Service, running


@pytest.fixture(scope="module")
def hanging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A server whose tables somebody else has locked."""
    cluster = Cluster()
    cluster.start()
    url = cluster.new_database()
    migrate(url)
    folder = str(tmp_path_factory.mktemp("data"))
    given = {"DATABASE_URL": url, "DATA_DIR": folder, "SECRET_KEY": "k" * 32, "DELIVERY": "off"}
    with running(**given, REQUEST_TIMEOUT="0.5") as service, locked(url, "counters, sessions"):
        yield service
    cluster.stop("immediate")


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_mutation_is_answered_in_time_whatever_hangs(hanging: Service, mutation: str):
    begun = time.monotonic()

    answer = ask(hanging, mutation)

    assert answer["__typename"] == "UnavailableError"
    assert time.monotonic() - begun < 5
