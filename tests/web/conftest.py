import pytest
from harness.web_app_page import RunningClock


@pytest.fixture
def clock() -> RunningClock:
    """Time that passes, as pages count it down."""
    return RunningClock()
