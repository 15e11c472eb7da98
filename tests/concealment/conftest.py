from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.concealment import POLICY, VERIFIED, WAITING
from harness.postbox import Postbox
from harness.service import Clock, Service, running


@pytest.fixture
def policy(tmp_path: Path) -> str:
    path = tmp_path / "discreet.toml"
    path.write_text(POLICY.format(conceal="true"))
    return str(path)


@pytest.fixture
def service(
    settings: dict[str, str], clock: Clock, policy: str, postbox: Postbox
) -> Iterator[Service]:
    """One address waits for its verification, one is verified, and every cooldown is over."""
    with running(clock, **settings, POLICY=policy) as service:
        service.register(email=WAITING)
        service.register(email=VERIFIED)
        service.verify(postbox.code(VERIFIED), VERIFIED)
        clock.advance(minutes=1)
        yield service
