"""Clients that send or read slowly, or not at all."""

import socket

import pytest
from harness.polling import eventually
from harness.processes import Server
from harness.raw_connections import (
    HEALTH,
    MIB,
    TEXT,
    dial,
    dialled,
    frame,
    healthy,
    pumped,
    rest,
    trickled,
    upgraded,
)
from harness.websocket_client import connected, hear, say

SETTINGS = {"CLIENT_TIMEOUT": "1", "LOG_LEVEL": "error"}

HEAD = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: "
BODY = (
    b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Content-Length: 60000\r\n\r\n"
)
TOO_LARGE = BODY.replace(b"60000", b"900000") + b" " * 70_000


@pytest.mark.parametrize("begun", [HEAD, BODY], ids=["head", "body"])
def test_a_request_that_comes_byte_by_byte_is_ended(server: Server, begun: bytes):
    with dialled(server, begun) as client:
        answer = trickled(client)

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close\r\n" in answer


def test_a_client_that_sends_nothing_is_ended(server: Server):
    with dialled(server) as client:
        assert rest(client) == b""


def test_a_client_that_sends_only_empty_lines_is_ended(server: Server):
    with dialled(server, HEALTH) as client:
        assert trickled(client, b"\r\n").count(b"HTTP/1.1") == 1


def test_a_body_that_goes_on_after_its_answer_is_ended(server: Server):
    with dialled(server, TOO_LARGE) as client:
        answer = trickled(client)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.count(b"HTTP/1.1") == 1


def test_a_websocket_message_that_comes_byte_by_byte_is_ended(server: Server):
    with upgraded(server) as client:
        client.sendall(frame(TEXT, b"{" * 1_000)[:-900])
        assert b"took too long" in trickled(client, b"{")


def test_connections_that_are_idle_for_a_reason_go_on(server: Server):
    with connected(server) as websocket, dialled(server) as kept_alive:
        assert healthy(kept_alive)
        with dialled(server, HEAD) as slow:  # takes longer than the time limit
            assert trickled(slow).startswith(b"HTTP/1.1 408 ")

        assert healthy(kept_alive)
        say(websocket, type="ping")
        assert hear(websocket) == {"type": "pong"}


def test_a_client_that_reads_nothing_of_its_answers_is_cut_off(server: Server):
    with dial(server) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        assert pumped(client, HEALTH * 1_000, most=64 * MIB) < 64 * MIB
        client.settimeout(30)
        # Once what the kernel holds is read, the connection is at its end.
        eventually(lambda: _has_ended(client), "the end of the connection")


def _has_ended(client: socket.socket) -> bool:
    """Whether the server has cut the connection; sending shows it, and reads nothing."""
    try:
        client.settimeout(0.5)
        client.send(HEALTH)
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return False
