from collections.abc import AsyncIterator

import pytest
from harness.smtp_server import PostOffice, post_office


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    """A mail server whose behaviour a test chooses."""
    async with post_office() as office:
        yield office
