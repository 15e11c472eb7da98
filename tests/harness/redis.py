"""A Redis for the counters of the limits."""

from collections.abc import Iterator
from contextlib import contextmanager

from harness.polling import eventually
from harness.postgres import free_port
from harness.processes import Process
from harness.tools import find_tool


class Redis:
    """A Redis without a memory, which can be started again."""

    def __init__(self) -> None:
        self._program = find_tool(
            "redis-server", "valkey-server", get="apt-get install redis-server"
        )
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self) -> None:
        options = ("--port", str(self._port), "--save", "", "--bind", "127.0.0.1")
        self._process = Process(self._program, *options)
        eventually(lambda: "Ready to accept" in self._process.output(), "Redis")

    def stop(self) -> None:
        self._process.kill()


@contextmanager
def running_redis() -> Iterator[Redis]:
    server = Redis()
    try:
        yield server
    finally:
        server.stop()
