"""A server that a test controls, as fixtures."""

from collections.abc import Iterator

import pytest
from harness.controlled_server import ControlledServer, controlled


@pytest.fixture(scope="module")
def running_controlled_server() -> Iterator[ControlledServer]:
    with controlled() as server:
        yield server


@pytest.fixture
def controlled_server(running_controlled_server: ControlledServer) -> ControlledServer:
    """One for a whole file, which has forgotten what other tests did."""
    running_controlled_server.done("reset")
    return running_controlled_server
