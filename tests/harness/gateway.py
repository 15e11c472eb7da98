"""The gateway of the documentation, and a second subgraph, in processes of Node.js."""

import sys
from pathlib import Path

from harness.paths import ROOT
from harness.polling import eventually
from harness.processes import Process
from harness.tools import find_tool

FOLDER = ROOT / "tests" / "federation" / "gateway"


def config() -> str:
    """The configuration of the gateway, as people copy it."""
    return (ROOT / "clients" / "gateway" / "gateway.config.mjs").read_text()


def node(script: str, *arguments: str, **environ: str) -> Process:
    """A script of the folder in a process of its own, which says when it is up."""
    found = find_tool(
        "node", str(Path(sys.executable).with_name("node")), get="install Node.js 20 or newer"
    )
    return Process(found, str(FOLDER / script), *arguments, environ=environ)


def wait_until_up(process: Process) -> None:
    eventually(lambda: "is up" in process.output() or not process.runs, "a start", patience=60)
    assert process.runs, process.output()
