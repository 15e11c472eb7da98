import pytest
from harness.mailbox import Mailbox, with_two_mails
from harness.service import Service


@pytest.fixture
def mailbox(service: Service) -> Mailbox:
    """The mailbox of `service`, with a mail for each of two people."""
    return with_two_mails(service)
