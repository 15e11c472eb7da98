"""What docs/deployment.md hands to an operator."""

import subprocess
from pathlib import Path

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
