"""A real PgBouncer from Debian's package, in front of a test's PostgreSQL."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.polling import eventually
from harness.postgres import Cluster, free_port
from harness.processes import Process
from harness.tools import find_tool

_CONFIGURATION = """
[databases]
* = host=127.0.0.1 port={server} user=postgres

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
max_client_conn = 500
"""


@contextmanager
def pgbouncer(cluster: Cluster, *options: str) -> Iterator[str]:
    """The URL of the database `postgres` behind a PgBouncer with more lines of configuration."""
    program = find_tool("pgbouncer", "/usr/sbin/pgbouncer", get="apt-get install pgbouncer")
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="connectx-pgbouncer-"))
    folder.chmod(0o755)
    file = folder / "pgbouncer.ini"
    file.write_text(
        "\n".join([_CONFIGURATION.format(server=cluster.port, port=port), *options, ""])
    )
    # It refuses to run as root.
    user = ("-u", "nobody") if os.geteuid() == 0 else ()
    try:
        with Process(program, *user, str(file)) as bouncer:
            eventually(lambda: "process up" in bouncer.output(), "PgBouncer")
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder)
