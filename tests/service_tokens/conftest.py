import pytest
from harness.service import Clock
from harness.service_tokens import Operator


@pytest.fixture
def operator(settings: dict[str, str], clock: Clock) -> Operator:
    return Operator(settings, clock)
