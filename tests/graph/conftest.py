from collections.abc import Iterator

import pytest
from harness.plan_comparison import serving_many_clients
from harness.processes import Server
from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A first visitor's page: each test has its own localStorage."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for a whole file, which asks it as many clients."""
    with serving_many_clients(str(tmp_path_factory.mktemp("data"))) as server:
        yield server
