"""Requests that come before the earlier ones are answered."""

from harness.processes import Server
from harness.raw_connections import HEALTH, dialled, peak_memory, rest

MANY = 20_000


def test_pipelined_requests_are_all_answered_and_take_next_to_no_memory(server: Server):
    before = peak_memory(server.pid)
    last = HEALTH.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")

    # Fewer bytes than the kernel holds for both, so that all are sent before any answer is read.
    with dialled(server, HEALTH * (MANY - 1) + last) as client:
        answers = rest(client)

    assert answers.count(b"HTTP/1.1 200 OK\r\n") == MANY
    assert peak_memory(server.pid) - before < 20


def test_answers_come_in_the_order_of_their_requests(server: Server):
    paths = [f"/nothing-{number}" for number in range(200)]
    asked = "".join(
        f"GET {path} HTTP/1.1\r\nHost: x\r\nX-Request-ID: {path[1:]}\r\n\r\n" for path in paths
    )
    closing = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    with dialled(server, asked.encode() + closing) as client:
        lines = rest(client).decode().split("\r\n")

    ids = [line.removeprefix("x-request-id: ") for line in lines if line.startswith("x-request-id")]
    assert ids[:-1] == [path[1:] for path in paths]


def test_an_upgrade_behind_a_request_that_runs_ends_the_connection(server: Server):
    upgrade = (
        b"GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eHh4eHh4eHh4eHh4eHh4eA==\r\n\r\n"
    )
    with dialled(server, HEALTH + upgrade) as client:
        assert b"101 Switching Protocols" not in rest(client)
