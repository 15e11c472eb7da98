from collections.abc import Iterator

import pytest
from harness.controlled_server import ControlledServer, controlled


@pytest.fixture(scope="module")
def running_server() -> Iterator[ControlledServer]:
    with controlled() as server:
        yield server


@pytest.fixture
def server(running_server: ControlledServer) -> ControlledServer:
    running_server.done("reset")
    return running_server
