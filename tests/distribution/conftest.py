from pathlib import Path

import pytest
from harness.distribution import Built, built


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory, web_app: Path) -> Built:
    return built(tmp_path_factory.mktemp("dist"))
