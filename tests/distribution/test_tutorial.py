"""docs/tutorial.md, word for word: in a fresh folder, from the wheel and the packed package."""

import shutil
import sys
from pathlib import Path

import pytest
from harness.browser import chromium, chromium_program
from harness.distribution import Built
from harness.offline import Offline
from harness.paths import ROOT
from harness.tutorial import Commands, Reader, tutorial
from harness.web_app_page import EMAIL, PASSWORD, AppPage
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.slow

CLONE = "git clone <this repository> connectx\nmake -C connectx dist\n"
APP = "http://localhost:5173"
MAILBOX = "http://localhost:8000/mailbox"


@pytest.fixture
def clone(archives: Built, tmp_path: Path) -> Path:
    """What the commands of `CLONE` leave: the clone of this test run, after its `make dist`."""
    clone = tmp_path / "connectx"
    (clone / "dist").mkdir(parents=True)
    shutil.copy(archives.wheel, clone / "dist")
    (clone / "clients").symlink_to(ROOT / "clients")
    (clone / ".venv").symlink_to(sys.prefix)
    return clone


def environ(folder: Path) -> dict[str, str]:
    """Nothing is installed outside of the folder, and from a cache where that is possible."""
    programs = folder / "programs"
    return {
        "PATH": f"{programs}:{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "UV_TOOL_BIN_DIR": str(programs),
        "UV_TOOL_DIR": str(folder / "tools"),
        "UV_PYTHON": sys.executable,
        "UV_CONSTRAINT": str(ROOT / "requirements.txt"),
        "npm_config_prefer_offline": "true",
        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1",
        "CHROMIUM": chromium_program(),
        "NO_COLOR": "1",  # Vite colours its address where CI is set
    }


def test_every_step_of_the_tutorial_leads_to_an_app_and_two_tests_that_pass(
    clone: Path, artifacts: Path
):
    folder = clone.parent
    (cloning, *build), start, begin, components, own_page, end_to_end = tutorial()
    assert cloning == Commands(CLONE, "clone")
    with Offline() as offline, Reader(folder, offline, environ(folder)) as reader:
        for steps in (build, start, begin, components, own_page):
            reader.follow(steps)

        browser = offline.wrapped(chromium_program(), folder / "chromium")
        with chromium(browser) as offline_browser, offline_browser.new_context() as context:
            registers_by_hand(context, artifacts)

        assert "2 passed" in reader.follow(end_to_end)
    assert (folder / "programs" / "connectx").exists()


def registers_by_hand(context: BrowserContext, artifacts: Path) -> None:
    """What the end of the fifth step asks for."""
    app, mailbox = AppPage(context.new_page(), APP), context.new_page()
    hello = app.page.get_by_role("heading", name="Hello, Ada Lovelace")
    app.register()
    app.shows("Enter your code")
    mailbox.goto(MAILBOX)
    latest = f"{MAILBOX}/api/v1/message/latest?query=to:{EMAIL}"
    mailbox.wait_for_function("async url => (await fetch(url)).ok", arg=latest)
    code = mailbox.evaluate("async url => (await (await fetch(url)).json()).code", latest)
    app.fill(Code=code)
    expect(hello).to_be_visible()
    app.page.screenshot(path=artifacts / "tutorial.png")
    app.page.reload()
    expect(hello).to_be_visible()
    app.press("Log out")
    app.fill(Email=EMAIL, Password=PASSWORD)
    app.press("Log in")
    expect(hello).to_be_visible()
    assert app.faults == []
