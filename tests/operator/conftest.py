import pytest
from harness.database import create_tenant
from harness.letterheads import ANSWERS, NAME, SENDER

from accounts.operator.letterheads import Letterhead


@pytest.fixture
def tenant(database_url: str) -> str:
    """A tenant with a letterhead of its own."""
    return create_tenant(database_url, "grace-1", "church", Letterhead(NAME, SENDER, ANSWERS))
