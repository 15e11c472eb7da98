"""Each command tells how it is used, and shells complete it."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from harness.processes import COMMAND, connectx

from server.cli.main import app


def commands(command: Any, path: str = "connectx") -> Iterator[tuple[str, Any]]:
    """Each command, and each group of commands, with its full name."""
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_an_example_with_options_that_it_takes(name: str):
    command = COMMANDS[name]
    [example] = re.findall(r"Example: (.*)", command.help)
    assert name in example
    called = max((other for other in COMMANDS if other in example), key=len)
    options = {option for parameter in COMMANDS[called].params for option in parameter.opts}

    assert set(re.findall(r"--[a-z-]+", example)) <= options


def test_a_shell_completes_commands():
    environ = {**os.environ, "_CONNECTX_COMPLETE": "complete_bash", "COMP_CWORD": "1"}
    completed = subprocess.run(
        [COMMAND],
        env={**environ, "COMP_WORDS": "connectx se"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert completed.stdout.split() == ["serve", "secret-key", "sessions", "service-keys"]


def test_settings_are_read_from_a_file_and_those_of_the_environment_go_before(tmp_path: Path):
    file = tmp_path / "settings.env"
    file.write_text('# A church\nCONNECTX_POLICY=church\nCONNECTX_PRODUCT_NAME="Grace Church"\n')
    arguments = ("--env-file", str(file), "policies", "--json")

    assert json.loads(connectx(*arguments).stdout)["default"] == "church"
    assert json.loads(connectx(*arguments, POLICY="customer").stdout)["default"] == "customer"
    file.write_text("CONNECTX_POLICY\n")
    refused = connectx(*arguments)
    assert (refused.returncode, "CONNECTX_POLICY has no value" in refused.stderr) == (2, True)
