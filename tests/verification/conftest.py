import pytest
from harness.postbox import Postbox
from harness.resends import UNVERIFIED, VERIFIED
from harness.service import Service


@pytest.fixture
def populated(service: Service, postbox: Postbox) -> Service:
    """One address of each kind, and every cooldown over."""
    service.register(email=UNVERIFIED)
    service.register(email=VERIFIED)
    service.verify(postbox.code(VERIFIED), VERIFIED)
    postbox.newest(UNVERIFIED)
    service.clock.advance(minutes=1)
    return service


@pytest.fixture
def token(service: Service, postbox: Postbox) -> str:
    """Ada is registered where links are mailed, and this is what her link ends with."""
    service.register(role="member")
    return postbox.token("ada@example.com")
