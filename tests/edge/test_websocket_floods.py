"""Frames without end on one WebSocket."""

import json

import pytest
from harness.processes import Server
from harness.raw_connections import (
    MIB,
    PING,
    PONG,
    TEXT,
    frame,
    peak_memory,
    pumped,
    rest,
    seconds_until_end,
    upgraded,
)
from harness.websocket_client import connected, hear

INIT = frame(TEXT, b'{"type":"connection_init"}')


@pytest.mark.parametrize("begun", [b"", INIT], ids=["before", "after"])
@pytest.mark.parametrize("kind", [PING, PONG], ids=["ping", "pong"])
def test_a_flood_of_control_frames_is_read_slowly_and_takes_no_memory(
    server: Server, kind: int, begun: bytes
):
    before = peak_memory(server.pid)
    with upgraded(server) as client:
        client.sendall(begun)
        sent = pumped(client, frame(kind, b"x" * 125) * 500, most=40 * MIB)

    assert sent < 32 * MIB  # what the kernel holds for both
    assert peak_memory(server.pid) - before < 20


def test_a_client_that_does_not_answer_a_close_is_cut_off_soon(server: Server):
    with upgraded(server) as client:
        client.sendall(INIT * 2)

        # Reads nothing, so the close frame is never answered.
        assert seconds_until_end(client, frame(TEXT, b'{"type":"ping"}')) < 8


def test_a_message_of_more_than_a_thousand_fragments_is_refused(server: Server):
    with upgraded(server) as client:
        client.sendall(frame(TEXT, last=False) + frame(0, last=False) * 1_000)

        assert b"too many fragments" in rest(client)


def test_a_burst_of_messages_is_answered_in_full(server: Server):
    with connected(server) as socket:
        for number in range(1_200):
            socket.send(json.dumps({"type": "ping", "payload": {"number": number}}))
        answers = [hear(socket)["payload"]["number"] for _ in range(1_200)]

    assert answers == [*range(1_200)]
