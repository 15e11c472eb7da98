import pytest
from harness.controlled_server import ControlledServer


@pytest.fixture
def server(controlled_server: ControlledServer) -> ControlledServer:
    """Its name where no other server is meant."""
    return controlled_server
