"""clients/testing, with the commands of its README."""

import runpy
from pathlib import Path

import pytest
from harness.npm import CLIENTS, Package
from harness.processes import COMMAND
from harness.tools import find_tool

from graph.schema import core


@pytest.fixture(scope="module")
def package() -> Package:
    return Package(CLIENTS / "testing")


def test_the_scenarios_are_those_of_the_schema():
    written = (CLIENTS / "testing" / "src" / "scenarios.ts").read_text()
    scenarios = runpy.run_path(str(CLIENTS / "write_scenarios.py"))["scenarios"]

    assert written == scenarios(core), "run `make schema`"


def test_fixtures_handlers_and_commands_compile(package: Package):
    assert package.run("check") == ""


def test_handlers_and_mocked_schemas_answer_every_member_of_every_union(package: Package):
    told = package.run("test")

    assert "# pass 7" in told
    assert "# fail 0" in told


def test_playwright_tests_an_app_with_the_fixtures_in_a_real_browser(
    package: Package, web_app: Path
):
    chromium = find_tool(
        "chromium", "chromium-browser", "google-chrome", get="apt-get install chromium"
    )

    told = package.run("e2e", CONNECTX=COMMAND, CHROMIUM=chromium)

    assert "3 passed" in told
