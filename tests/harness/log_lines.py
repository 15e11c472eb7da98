"""What a server wrote about itself."""

import json
from typing import Any

from harness.polling import eventually
from harness.processes import Process

POSTED = {
    "event": "request",
    "level": "info",
    "logger": "connectx.requests",
    "request_id": "one",
    "method": "POST",
    "path": "/graphql",
    "status": 200,
}
"""The line of a request named `one`, without what a test says of it."""


def lines(server: Process) -> list[dict[str, Any]]:
    """All lines but the banner's; each has to be JSON."""
    banner, _, logged = server.output().partition('{"')
    assert banner.startswith("connectx is starting\n")
    return [json.loads(line) for line in f'{{"{logged}'.splitlines()]


def line_of(server: Process, request_id: str) -> dict[str, Any]:
    def found() -> list[dict[str, Any]]:
        return [
            line
            for line in lines(server)
            if line.get("request_id") == request_id and line["event"] == "request"
        ]

    eventually(found, f"the line of {request_id}")
    [line] = found()
    return line
