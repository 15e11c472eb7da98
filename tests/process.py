"""The real `connectx serve` in a process of its own, to be killed, stopped and started again."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import httpx
from postbox import eventually
from postgres import free_port
from service import CHEAP_HASHES, ROOMY, Clock, Service

from server.settings import PREFIX

_COMMAND = [sys.executable, "-c", "from server.cli import main; main()"]


def settings_only(**settings: str) -> dict[str, str]:
    """This process's environment with these settings and no other of ours."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {**others, **{f"{PREFIX}{name}": value for name, value in settings.items()}}


class Process:
    """A program that runs, `connectx` with these arguments; what it prints is kept."""

    def __init__(self, *arguments: str, **settings: str) -> None:
        self._start([*_COMMAND, *arguments], settings_only(**settings))

    @classmethod
    def of(cls, *command: str) -> Self:
        """Another program than ours."""
        process = cls.__new__(cls)
        process._start(list(command), settings_only())
        return process

    def _start(self, command: list[str], environ: dict[str, str]) -> None:
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        self._process = subprocess.Popen(
            command,
            env=environ,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.running:
            self.kill()

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def output(self) -> str:
        self._output.seek(0)
        return self._output.read().decode()

    def kill(self) -> None:
        """SIGKILL for it and its workers: nobody can finish anything."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self, *, patience: float = 20) -> int:
        """The exit code after SIGTERM."""
        self._process.terminate()
        return self._process.wait(patience)


@contextmanager
def serving(
    *arguments: str, port: int | None = None, **settings: str
) -> Iterator[tuple[Service, Process]]:
    """A client of the server and its process, once it is ready."""
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    chosen = {**CHEAP_HASHES, **ROOMY, **settings}
    with Process("serve", "--port", str(port), *arguments, **chosen) as process:
        eventually(lambda: not process.running or _is_ready(url), "the server", patience=60)
        assert process.running, process.output()
        yield Service(url, Clock()), process


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").status_code == 200
    except httpx.TransportError:
        return False
