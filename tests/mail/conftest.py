from collections.abc import AsyncIterator

import pytest
from harness.smtp_server import SmtpServer, smtp_server


@pytest.fixture
async def smtp() -> AsyncIterator[SmtpServer]:
    """A mail server whose behaviour a test chooses."""
    async with smtp_server() as smtp:
        yield smtp
