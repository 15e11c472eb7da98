"""What docs/deployment.md hands to an operator."""

import subprocess
import sys
from pathlib import Path

import pytest
from harness.paths import ROOT
from harness.processes import COMMAND
from harness.tools import find_tool


def test_the_systemd_unit_is_one_that_systemd_accepts(tmp_path: Path):
    verify = find_tool("systemd-analyze", get="apt-get install systemd")
    unit = (ROOT / "docs" / "connectx.service").read_text()
    installed = tmp_path / "connectx.service"
    installed.write_text(unit.replace("/opt/connectx/.venv/bin/connectx", COMMAND))

    run = subprocess.run([verify, "verify", installed], capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout + run.stderr) == (0, "")


@pytest.mark.slow
def test_a_wheel_holds_all_that_the_server_reads(tmp_path: Path):
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", tmp_path, ROOT], check=True, capture_output=True)

    (wheel,) = tmp_path.glob("*.whl")
    listing = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", wheel], capture_output=True, text=True, check=True
    ).stdout
    for needed in (
        "graph/explorer/dist/index.html",
        "mail/static/mailbox.js",
        "mail/templates/verification.html",
        "languages/translations/de/LC_MESSAGES/messages.po",
        "models/migrations/postgres/0_",
        "models/migrations/sqlite/0_",
        "server/static/link_page.js",
        "server/templates/verify.html",
        "server/documents/verify_email_by_link.graphql",
    ):
        assert needed in listing
    assert "node_modules" not in listing
