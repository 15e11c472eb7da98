"""The steps of docs/tutorial.md, and a reader who takes them word for word."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from harness.offline import Offline
from harness.paths import ROOT
from harness.polling import eventually
from harness.processes import Process

_BLOCK = re.compile(r"^```(\S+)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"`([^`\s]+)`:\n\n$")
"""How the sentence before a file ends."""

_ADDRESS = re.compile(r"http://([\w.]+):(\d+)")
_PATIENCE = 60.0


@dataclass(frozen=True)
class Commands:
    text: str
    how: str
    """The second word after the fence: `clone`, `online`, `background`, or nothing."""


@dataclass(frozen=True)
class File:
    path: str
    text: str


def tutorial() -> list[list[Commands | File]]:
    """What the reader is to do in each numbered section, in the order of the page."""
    page = (ROOT / "docs" / "tutorial.md").read_text()
    sections = re.split(r"^## (?=\d\. )", page, flags=re.MULTILINE)
    found = [[_step(section, block) for block in _BLOCK.finditer(section)] for section in sections]
    assert sum(map(len, found)) * 2 == page.count("\n```")
    assert found[0] == []
    return found[1:]


def _step(section: str, block: re.Match[str]) -> Commands | File:
    language, how, text = block.groups()
    if language == "sh":
        return Commands(text, how or "")
    path = _PATH.search(section[: block.start()])
    assert path, f"The sentence before this file does not end with its path:\n{text}"
    return File(path[1], text)


class Reader:
    """Types each block into a terminal, and saves each file.

    Only what the page says to need a network has one.
    """

    def __init__(self, folder: Path, offline: Offline, environ: Mapping[str, str]) -> None:
        self._cwd = folder
        self._offline = offline
        self._environ = {**os.environ, **environ}
        self._left_running = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._left_running.close()

    def follow(self, steps: list[Commands | File]) -> str:
        """Takes these steps, and returns what the terminal showed."""
        return "".join(self._take(step) for step in steps)

    def _take(self, step: Commands | File) -> str:
        match step:
            case File(path, text):
                (self._cwd / path).write_text(text)
                return ""
            case Commands(text, "background"):
                return self._leave_running(text)
            case Commands(text, "online"):
                return self._run("bash", "-euc", _and_tell_where(text))
            case Commands(text, ""):
                return self._run(*self._offline.inside("bash", "-euc", _and_tell_where(text)))
        raise AssertionError(step)

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, cwd=self._cwd, env=self._environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        shown, _, where = done.stdout.rstrip().rpartition("\n")
        self._cwd = Path(where)  # the next block is typed into the same terminal
        return shown

    def _leave_running(self, text: str) -> str:
        command = self._offline.inside("bash", "-euc", text)
        program = Process(*command, cwd=self._cwd, environ=self._environ)
        self._left_running.enter_context(program)
        eventually(lambda: self._is_up(program) or not program.runs, text, patience=_PATIENCE)
        assert program.runs, program.output()
        return program.output()

    def _is_up(self, program: Process) -> bool:
        """Whether something listens where the program says that it will."""
        told = _ADDRESS.search(program.output())
        if told is None:
            return False
        connect = f"import socket; socket.create_connection({told.groups()!r})"
        command = self._offline.inside(sys.executable, "-c", connect)
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _and_tell_where(commands: str) -> str:
    return f"{commands}\npwd"
