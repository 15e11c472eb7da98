import os
from pathlib import Path

import pytest
from harness.distribution import Built, built


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory, web_app: Path) -> Built:
    own = tmp_path_factory.getbasetemp()
    return built(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
