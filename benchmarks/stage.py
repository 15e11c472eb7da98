"""Everything that is measured, started: a database, the real server and the bare one."""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

from harness.database import create_tenant, migrate
from harness.polling import eventually
from harness.postgres import Cluster, free_port
from harness.processes import COMMAND, Process
from offering import OTHER_CORES, SERVER_CORES, on
from people import SECRET_KEY
from rounds import Side

from accounts.limits.defaults import RateLimits

_SERVER_START = 60.0
"""Seconds; a machine that is measured does other things as well."""

EVERYTHING = {
    "SECRET_KEY": SECRET_KEY,
    "SMTP_URL": "smtp://127.0.0.1:1",
    **{
        f"LIMIT_{rule.name.upper()}": re.sub(r"\d+/", "1000000/", str(rule.default))
        for rule in fields(RateLimits)
    },
}
"""All as shipped: the limits have the same windows and are counted, but never reached.

Without an SMTP server, `connectx serve` is one for development: it shows the mails, and allows all
pages of the machine to use it (CORS). Cases that deliver mails set one that takes them.
"""

# What waits for a disk would be alike on both sides, and hide what is compared.
_POSTGRES = "-c autovacuum=off -c shared_buffers=256MB -c max_wal_size=4GB"


@dataclass(frozen=True)
class Stage:
    cluster: Cluster
    tenant: str
    settings: Mapping[str, str]
    """Those of all servers in which they differ from `EVERYTHING`."""

    @property
    def url(self) -> str:
        return self.cluster.url("postgres")

    @contextmanager
    def real(
        self, *arguments: str, cores: frozenset[int] = SERVER_CORES, **settings: str
    ) -> Iterator[Side]:
        """`connectx serve` on the server's cores, or on others."""
        port = free_port()
        command = (COMMAND, "serve", "--port", str(port), *arguments)
        chosen = {**EVERYTHING, "DATABASE_URL": self.url, **self.settings, **settings}
        with on(cores), started(port, "/readyz", *command, **chosen) as process:
            yield Side("server", chosen["DATABASE_URL"], port, process.pid, "/graphql")

    @contextmanager
    def bare(self, *, reset: bool) -> Iterator[Side]:
        """The bare routes on the same cores, by the same uvicorn."""
        port = free_port()
        command = [sys.executable, "-W", "ignore", "-m", "uvicorn", "bare:app"]
        command += ["--app-dir", str(Path(__file__).parent), "--port", str(port)]
        command += ["--no-access-log", "--log-level", "warning", "--no-server-header"]
        settings = {"DATABASE_URL": self.url, "BARE_RESET": "on" if reset else "off"}
        with on(SERVER_CORES), started(port, "/readyz", *command, **settings) as process:
            yield Side("bare", self.url, port, process.pid, "")


@contextmanager
def started(port: int, ready: str, *command: str, **settings: str) -> Iterator[Process]:
    """A server's process, once this path on its port is answered with 200."""
    with Process(*command, **settings) as process:
        eventually(
            lambda: _answers(port, ready) or not process.runs,
            f"{command[0]} to answer",
            patience=_SERVER_START,
        )
        if not process.runs:
            raise RuntimeError(process.output())
        yield process


def _answers(port: int, path: str) -> bool:
    # Not by httpx, which takes longer to begin than what it asks for.
    connection = HTTPConnection("127.0.0.1", port, timeout=_SERVER_START)
    with closing(connection), suppress(OSError):
        connection.request("GET", path)
        return connection.getresponse().status == HTTPStatus.OK
    return False


@contextmanager
def staged(*, cores: frozenset[int] = OTHER_CORES, **settings: str) -> Iterator[Stage]:
    """A migrated PostgreSQL of its own with one tenant. It runs on these cores."""
    with on(cores):
        cluster = Cluster()
        cluster.start(options=_POSTGRES)
    try:
        migrate(cluster.url("postgres"))
        yield Stage(cluster, create_tenant(cluster.url("postgres")), settings)
    finally:
        cluster.stop("immediate")
