"""What a soak stands on: a database, an SMTP server, and the server under soak."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.database import create_tenant, migrate
from harness.polling import eventually
from harness.postgres import Cluster, free_port
from harness.processes import COMMAND, Process
from stage import EVERYTHING, started

from soak.faults import POSTGRES_OPTIONS
from soak.inbox import MailServer

_WORKERS = 4
_READY = "Application startup complete"
"""What each worker logs."""


@dataclass(frozen=True)
class Ground:
    server: Process
    port: int
    cluster: Cluster
    smtp: MailServer
    tenant: str
    """Whose policy verifies by links; the server's own verifies by codes."""
    settings: dict[str, str]

    @property
    def url(self) -> str:
        return self.settings["DATABASE_URL"]


@contextmanager
def grounded(lease: int) -> Iterator[Ground]:
    """The ground, once all workers serve. Settings are as shipped, but for limits and the lease."""
    cluster, port = Cluster(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        smtp = MailServer(Path(folder))
        try:
            cluster.start(options=POSTGRES_OPTIONS)
            smtp.start()
            url = cluster.url("postgres")
            migrate(url)
            tenant = create_tenant(url)
            own = {"DATABASE_URL": url, "SMTP_URL": smtp.url, "MAIL_LEASE": str(lease)}
            settings = {**EVERYTHING, **own}
            command = (COMMAND, "serve", "--port", str(port), "--workers", str(_WORKERS))
            with started(port, "/readyz", *command, **settings) as server:
                eventually(
                    lambda: server.output().count(_READY) == _WORKERS, "all workers", patience=60
                )
                yield Ground(server, port, cluster, smtp, tenant, settings)
        finally:
            smtp.kill()
            cluster.stop("immediate")
