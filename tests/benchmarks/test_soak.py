"""A short `make soak`: it fails where an invariant is broken, and never for a time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from harness.paths import ROOT

FAULTS = {"a worker killed", "SMTP restarted", "the database restarted"}
ANSWERED: dict[str, str | None] = {
    "register": "RegisterSuccess",
    "verify_email": "VerifyEmailSuccess",
    "verify_email_by_link": "VerifyEmailSuccess",
    "resend_verification": "ResendVerificationSuccess",
    "login": "LoginSuccess",
    "viewer": "found",
    "verificationChanged": "VERIFIED",
    "connectx users delete": "deleted",
    "a broken request": None,
    "a slow client": None,
    "an aborted registration": None,
    "an aborted subscription": None,
}
"""What is part of every soak, with the outcome that it comes to; None: with any."""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_nothing_is_lost_or_wrong_while_workers_smtp_and_the_database_are_killed(tmp_path: Path):
    results = tmp_path / "results.json"
    command = [sys.executable, "-W", "ignore", "-m", "soak.run"]
    done = subprocess.run(
        [*command, "--minutes", "0.4", "--lease", "10", "--seed", "1", "--json", str(results)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((".", "tests", "benchmarks"))},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(results.read_text())
    assert [check for check in found["checks"] if check["broken"]] == []
    assert found["faults"].keys() == FAULTS
    outcomes = found["outcomes"]
    assert [name for name in ANSWERED if name not in outcomes] == []
    assert [name for name, one in ANSWERED.items() if one and one not in outcomes[name]] == []
