"""The npm clients graphql-ws and graphql-sse, subscribed to verifications."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.npm import Package
from harness.polling import eventually
from harness.processes import Process
from harness.service import Service
from harness.tools import find_tool

FOLDER = Path(__file__).parent / "subscriptions"

PENDING, VERIFIED, EXPIRED = (
    ["next", {"verificationChanged": status}] for status in ("PENDING", "VERIFIED", "EXPIRED")
)
COMPLETE = ["complete", None]


class Subscribers:
    """Clients in one process of Node.js, each with a connection and a subscription."""

    def __init__(self, process: Process, count: int) -> None:
        self._process = process
        self._count = count

    def told(self) -> list[list[Any]]:
        """What each has been told so far."""
        told: list[list[Any]] = [[] for _ in range(self._count)]
        for line in self._process.output().splitlines(keepends=True):
            if line.endswith("\n"):
                number, *what = json.loads(line)
                told[number].append(what)
        return told

    def all_told(self, *expected: list[Any], patience: float = 15.0) -> None:
        """Fails unless each comes to have been told just this."""
        eventually(
            lambda: all(len(told) >= len(expected) for told in self.told()),
            f"{len(expected)} messages each",
            patience=patience,
        )
        assert self.told() == [list(expected)] * self._count


@contextmanager
def subscribed(transport: str, service: Service, ids: Sequence[str]) -> Iterator[Subscribers]:
    """One client for each id, over `ws` or `sse`."""
    Package(FOLDER)
    node = find_tool(
        "node", str(Path(sys.executable).with_name("node")), get="install Node.js 20 or newer"
    )
    script = str(FOLDER / "subscribe.mjs")
    with Process(node, script, transport, f"{service.url}/graphql", *ids) as process:
        yield Subscribers(process, len(ids))
