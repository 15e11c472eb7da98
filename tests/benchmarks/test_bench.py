"""The quick run of `make bench`: fails for what is broken, and never for a time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from harness.paths import ROOT

MEASURED = {
    "start",
    "memory_idle",
    "memory_load",
    "memory_growth",
    "register1",
    "register2",
    "register_bare",
    "verify_wrong",
    "verify_right",
    "resend",
    "viewer",
    "policy_tenant",
    "policy",
    "typename",
    "service_token",
    "jwks",
    "overload",
    "bystanders",
    "mails",
}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_case_of_the_benchmark_is_answered_rightly_and_stores_its_rows(tmp_path: Path):
    results = tmp_path / "results.json"
    command = [sys.executable, "-W", "ignore", "benchmarks/bench.py", "--quick"]
    done = subprocess.run(
        [*command, "--json", str(results)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f".{os.pathsep}tests"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    found = {each["name"]: each for each in json.loads(results.read_text())["results"]}
    assert {name: each["broken"] for name, each in found.items() if each["broken"]} == {}
    assert {name for name in MEASURED if found[name]["ratio"] is None} == set()
