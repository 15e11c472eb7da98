import pytest
from harness.inbox import Postbox
from harness.service import Service
from harness.verify_page import ADDRESS
from harness.web_app_page import RunningClock


@pytest.fixture
def clock() -> RunningClock:
    """Time that passes, as pages count it down."""
    return RunningClock()


@pytest.fixture
def link(service: Service, postbox: Postbox) -> str:
    """Ada is registered at a church, and this is her link."""
    service.register(role="member")
    return postbox.link(ADDRESS)
