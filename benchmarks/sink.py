"""A mail server that takes everything, and costs little."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from harness.polling import eventually
from harness.postgres import free_port
from harness.processes import Process
from offering import OTHER_CORES, on

# A process of its own, which knows nothing of the rest, so that it is there at once.
_SCRIPT = str(Path(__file__).with_name("smtp_sink.py"))


@contextmanager
def sinking(keep: str | None = None) -> Iterator[str]:
    """Its URL, while it runs in a process of its own, beside the server's cores."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", _SCRIPT, str(port), *([keep] if keep else [])]
    with on(OTHER_CORES), Process(*command) as sink:
        eventually(lambda: _listens(port), "the sink")
        yield f"smtp://127.0.0.1:{port}"
        sink.stop()


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False
