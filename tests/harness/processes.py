"""`connectx` in processes of its own, as people run it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self

import httpx
from harness.forked_commands import run_forked
from harness.polling import eventually
from harness.postgres import free_port
from harness.service import Clock, Service
from harness.settings import CHEAP_HASHES, ROOMY

from server.settings import PREFIX

COMMAND = str(Path(sys.executable).with_name("connectx"))

_PATIENCE = 60.0
"""Seconds for a start, on a machine that does other things as well."""


def connectx(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """What one command printed, and its exit code."""
    return run_forked(arguments, environ=_environment(settings), timeout=_PATIENCE)


def refused_start(*options: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """What `connectx serve` printed that does not start, on a port that nothing else uses."""
    return connectx("serve", "--port", str(free_port()), *options, **settings)


class Process:
    """A program that runs on its own; what it and its workers print is kept."""

    def __init__(
        self,
        *command: str,
        stdin: int | None = None,
        stderr: int = subprocess.STDOUT,
        cwd: Path | None = None,
        environ: Mapping[str, str] = {},
        **settings: str,
    ) -> None:
        self._output = TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**_environment(settings), **environ},
            stdin=stdin,
            stdout=self._output,
            stderr=stderr,
            start_new_session=True,  # so that its workers can be ended with it
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def output(self) -> str:
        """All that it has printed so far."""
        size = os.fstat(self._output.fileno()).st_size
        return os.pread(self._output.fileno(), size, 0).decode()

    def wait(self) -> int:
        """The exit code, once it has come to its end by itself."""
        return self._process.wait(timeout=_PATIENCE)

    def stop(self) -> int:
        """Asks it to end, as an operator does, and returns its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self.wait()

    def kill(self) -> None:
        """Ends it and its workers at once, in whatever they were doing."""
        # Also where it has ended by itself: a worker may have outlived it.
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Server(Process, Service):
    """A server in another process and a client of it; it keeps the machine's own time."""

    def __init__(
        self,
        *arguments: str,
        port: int | None = None,
        stderr: int = subprocess.STDOUT,
        program: str = COMMAND,
        cwd: Path | None = None,
        environ: Mapping[str, str] = {},
        **settings: str,
    ) -> None:
        port = port or free_port()
        command = (program, "serve", "--port", str(port), *arguments)
        chosen = {**CHEAP_HASHES, **ROOMY, **settings}
        Process.__init__(self, *command, stderr=stderr, cwd=cwd, environ=environ, **chosen)
        Service.__init__(self, f"http://127.0.0.1:{port}", Clock())

    def wait_until_up(self, *, ready: bool = True) -> None:
        path = "/readyz" if ready else "/healthz"
        eventually(
            lambda: self._is_well(path) or not self.runs, "the server's start", patience=_PATIENCE
        )
        assert self.runs, self.output()

    def _is_well(self, path: str) -> bool:
        try:
            return self.http.get(path).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False


@contextmanager
def serving(
    *arguments: str,
    port: int | None = None,
    stderr: int = subprocess.STDOUT,
    ready: bool = True,
    program: str = COMMAND,
    cwd: Path | None = None,
    environ: Mapping[str, str] = {},
    **settings: str,
) -> Iterator[Server]:
    """`connectx serve` with these arguments and settings, ready, and gone afterwards.

    If not `ready`, it is enough that it answers. `environ` are variables that are no settings;
    `program` is another installation's `connectx`, and `cwd` the folder in which it starts.
    """
    server = Server(
        *arguments,
        port=port,
        stderr=stderr,
        program=program,
        cwd=cwd,
        environ=environ,
        **settings,
    )
    try:
        server.wait_until_up(ready=ready)
        yield server
    finally:
        server.kill()
        server.http.close()


def _environment(settings: dict[str, str]) -> dict[str, str]:
    """This process's environment with these settings and no other of ours."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    # What the first of hundreds of processes has compiled, the others need not compile again.
    others.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**others, **{f"{PREFIX}{name}": value for name, value in settings.items()}}
