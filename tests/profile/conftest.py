from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.postbox import Postbox
from harness.profiles import with_profile
from harness.service import Clock, Service, running


@pytest.fixture
def club(settings: dict[str, str], clock: Clock, tmp_path: Path) -> Iterator[Service]:
    with running(clock, **settings, POLICY=with_profile(tmp_path)) as service:
        yield service


@pytest.fixture
def token(club: Service, postbox: Postbox) -> str:
    """Ada's session. She has given nothing at her registration."""
    club.register()
    club.verify(postbox.code("ada@example.com"))
    return club.login()["accessToken"]
