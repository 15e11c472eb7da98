"""A person who has asked for another address."""

import pytest
from harness.email_changes import NEW, request
from harness.postbox import Postbox
from harness.service import Service


@pytest.fixture
def sent(verified: Service, token: str, postbox: Postbox) -> str:
    """The code that was mailed to the new address."""
    answer = request(verified, token)
    assert answer.pop("verification").pop("id")
    assert answer == {
        "__typename": "EmailChangeRequested",
        "message": "Confirm the new address with the email that is on its way to it.",
    }
    return postbox.code(NEW)
