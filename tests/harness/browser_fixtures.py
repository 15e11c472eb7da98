"""A real browser, and what it shows, as fixtures."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.browser import chromium
from harness.paths import ROOT
from harness.web_app_page import built_app
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one file only: its loop keeps asynchronous tests from running while it is open."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A first visitor's tab."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def web_app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built web app's folder."""
    own = tmp_path_factory.getbasetemp()
    return built_app(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def artifacts() -> Path:
    """Where tests leave what a person may want to look at afterwards."""
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder
