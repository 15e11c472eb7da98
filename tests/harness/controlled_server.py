"""`connectx test-server` in a process of its own, and a client of its control API."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import httpx
from harness.mailbox import GRACE
from harness.polling import eventually
from harness.processes import COMMAND, Process
from harness.service import Clock, Service

PERSON = {"email": GRACE, "name": "Grace Hopper", "verified": True, "password": "secure_password"}


def lines(*people: dict[str, object]) -> bytes:
    """The body of a seed."""
    return b"\n".join(json.dumps(person).encode() for person in people)


class ControlledServer(Process, Service):
    """The server, ready, as it says itself."""

    def __init__(self, *arguments: str, errors: int = subprocess.DEVNULL, **settings: str) -> None:
        Process.__init__(self, COMMAND, "test-server", *arguments, stderr=errors, **settings)
        eventually(
            lambda: self.output().endswith("\n") or not self.runs, "the line of JSON", patience=60
        )
        assert self.runs
        self.places: dict[str, str] = json.loads(self.output())
        Service.__init__(self, self.places["url"], Clock())

    def control(self, name: str, body: object = None) -> httpx.Response:
        """The answer of a control to this JSON, to these lines, or to no body."""
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        return self.http.post(f"{self.places['control']}/{name}", content=content)

    def done(self, name: str, body: object = None) -> Any:
        """The JSON of a control that succeeds."""
        answer = self.control(name, body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, name: str, body: object = None) -> str:
        """Why a control refuses this."""
        answer = self.control(name, body)
        assert answer.status_code == 400, answer.text
        return answer.json()["error"]

    def now(self) -> datetime:
        return datetime.fromisoformat(self.http.get(self.places["control"]).json()["now"])


@contextmanager
def controlled(*arguments: str, **settings: str) -> Iterator[ControlledServer]:
    """The server, which is gone afterwards."""
    with ControlledServer(*arguments, **settings) as server, server.http:
        yield server
