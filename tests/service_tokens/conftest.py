import pytest
from harness.service import Clock
from harness.service_keys import insert_service_key
from harness.service_tokens import Operator


@pytest.fixture
def operator(settings: dict[str, str], clock: Clock) -> Operator:
    return Operator(settings, clock)


@pytest.fixture
def service_key(database_url: str) -> str:
    return insert_service_key(database_url)
