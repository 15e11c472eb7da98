"""What ends a WebSocket: messages that are none, and an order that is not the protocol's."""

import pytest
from harness.service import Service
from harness.websocket_client import CHANGED, ask, closed, connected, hear, opened

# How a message is read does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LONG = "é" * 100
NONSENSE = {
    "no JSON": ("{", 4400, "Messages must be JSON"),
    "no object": ("[]", 4400, "Messages must be JSON objects"),
    "bytes": (b"{}", 4400, "Messages must be text"),
    "no type": ("{}", 4400, "Messages must have one of the protocol's types"),
    "an unknown type": (
        '{"type": "start"}',
        4400,
        "Messages must have one of the protocol's types",
    ),
    "a type that is none": ('{"type": []}', 4400, "Messages must have one of the protocol's types"),
    "no id": ('{"type": "subscribe"}', 4400, "id must be a string that is not empty"),
    "an id that is none": (
        '{"type": "complete", "id": 1}',
        4400,
        "id must be a string that is not empty",
    ),
    "no query": (
        '{"type": "subscribe", "id": "1", "payload": {}}',
        4400,
        "query must be a string that holds a GraphQL document",
    ),
    "a payload that is none": (
        '{"type": "subscribe", "id": "1", "payload": "x"}',
        4400,
        "payload must be an object",
    ),
    "too much": (f'"{"x" * 70_000}"', 1009, "Messages must have at most 65536 bytes"),
    "a second beginning": (
        '{"type": "connection_init"}',
        4429,
        "Too many initialisation requests",
    ),
}


@pytest.mark.parametrize(("sent", "code", "reason"), NONSENSE.values(), ids=NONSENSE)
def test_what_is_no_message_ends_the_connection(
    service: Service, sent: str | bytes, code: int, reason: str
):
    with connected(service) as socket:
        socket.send(sent)

        assert closed(socket) == (code, reason)


def test_an_id_that_is_in_use_ends_the_connection(service: Service):
    handle = service.register()["verification"]["id"]
    with connected(service) as socket:
        ask(socket, CHANGED, key=LONG, variables={"id": handle})
        hear(socket)
        ask(socket, CHANGED, key=LONG, variables={"id": handle})

        code, reason = closed(socket)

    assert code == 4409
    assert reason.startswith("Subscriber for éé")


def test_nothing_is_executed_before_the_beginning(service: Service):
    with opened(service) as socket:
        ask(socket, "{ __typename }")

        assert closed(socket) == (4401, "Unauthorized")


@pytest.mark.slow
def test_a_connection_that_does_not_begin_is_ended(service: Service):
    with opened(service) as socket:
        assert closed(socket) == (4408, "Connection initialisation timeout")
