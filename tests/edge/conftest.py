import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.processes import Server, serving


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One server for a whole file, with the file's `SETTINGS`."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(migrated_sqlite, folder / "connectx.sqlite3")
    with serving(DATA_DIR=str(folder), **getattr(request.module, "SETTINGS", {})) as server:
        yield server
