"""In a flood of registrations, others log in, and nobody is registered who has hung up."""

import asyncio
import json
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from harness.database import rows
from harness.hashing_load import PARALLEL, PATIENT, THREADS, at_once, body, person, wrong_login
from harness.metrics_scrapes import samples
from harness.polling import eventually
from harness.processes import Server, serving


def test_a_flood_of_registrations_does_not_keep_others_from_logging_in(tmp_path: Path):
    """Of the many registrations that came before it, a login waits for a few."""
    with serving(DATA_DIR=str(tmp_path), **PATIENT, RATE_LIMITS="off", METRICS="on") as server:

        async def ask(http: httpx.AsyncClient, operation: str, given: dict[str, str]) -> None:
            answer = await http.post("/graphql", json=body(operation, given))
            assert "UnavailableError" not in answer.text

        async def flood() -> None:
            limits = httpx.Limits(max_connections=PARALLEL + 1)
            async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=limits) as http:
                registering = asyncio.gather(
                    *(ask(http, "register", person()) for _ in range(PARALLEL))
                )
                while samples(server.url)["connectx_hashes", "waiting"] < PARALLEL / 2:
                    await asyncio.wait({registering}, timeout=0.05)
                for _ in range(3):
                    await ask(http, "login", wrong_login())
                await registering

        asyncio.run(flood())
        # A request's line is written after its answer.
        eventually(lambda: len(times(server, "RegisterSuccess")) == PARALLEL, "all registrations")
        eventually(lambda: len(times(server, "InvalidCredentialsError")) == 3, "all logins")
        registered = [ended for _, ended in times(server, "RegisterSuccess")]
        logins = times(server, "InvalidCredentialsError")

    meanwhile = [sum(begun < each <= ended for each in registered) for begun, ended in logins]
    # Those that run already, one for each turn of its own, and those that run beside it.
    assert max(meanwhile) <= 3 * THREADS
    assert registered[-1] > logins[-1][1]


def times(server: Server, outcome: str) -> list[tuple[datetime, datetime]]:
    """When requests with this outcome came, and when they were answered, by the server's log."""
    found = []
    written = server.output().splitlines()
    for line in (json.loads(each) for each in written if each.startswith("{")):
        if line.get("outcome") == outcome:
            ended = datetime.fromisoformat(line["timestamp"])
            found.append((ended - timedelta(milliseconds=line["duration_ms"]), ended))
    return found


def test_whoever_has_hung_up_is_not_registered(tmp_path: Path):
    data = tmp_path / "data"
    with serving(DATA_DIR=str(data), **PATIENT, RATE_LIMITS="off", METRICS="on") as server:
        waiting = [send(server, body("register", person())) for _ in range(PARALLEL)]
        eventually(
            lambda: samples(server.url)["connectx_hashes", "waiting"] > PARALLEL / 2, "a long line"
        )
        for each in waiting:
            each.close()
        answers, _ = at_once(server, "register", person, 1)
        registered = rows(f"sqlite://{data}/connectx.sqlite3", "SELECT email FROM users")

    assert answers[0].kind == "RegisterSuccess"
    assert len(registered) < PARALLEL / 2


def send(server: Server, value: dict[str, Any]) -> socket.socket:
    """A connection on which a request was sent."""
    url = httpx.URL(server.url)
    text = json.dumps(value).encode()
    head = f"POST /graphql HTTP/1.1\r\nHost: {url.host}\r\nContent-Type: application/json\r\n"
    connection = socket.create_connection((url.host, url.port))
    connection.sendall(f"{head}Content-Length: {len(text)}\r\n\r\n".encode() + text)
    return connection
