"""A client of the protocol `graphql-transport-ws` that says just what a test has it say."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from harness.service import Service
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

PROTOCOL = "graphql-transport-ws"
CHANGED = "subscription ($id: ID!) { verificationChanged(id: $id) }"


@contextmanager
def opened(service: Service, *, query: str = "", **options: Any) -> Iterator[ClientConnection]:
    """A connection before its first message."""
    chosen = {"subprotocols": [PROTOCOL], **options}
    with connect(f"{service.url}/graphql{query}".replace("http", "ws", 1), **chosen) as socket:
        yield socket


@contextmanager
def connected(service: Service, **options: Any) -> Iterator[ClientConnection]:
    """A connection that is acknowledged."""
    with opened(service, **options) as socket:
        say(socket, type="connection_init")
        assert hear(socket) == {"type": "connection_ack"}
        yield socket


def say(socket: ClientConnection, **message: Any) -> None:
    socket.send(json.dumps(message))


def ask(socket: ClientConnection, query: str, *, key: str = "1", **payload: Any) -> None:
    say(socket, id=key, type="subscribe", payload={"query": query, **payload})


def hear(socket: ClientConnection) -> Any:
    return json.loads(socket.recv(timeout=15))


def closed(socket: ClientConnection) -> tuple[int, str]:
    """How the server ends the connection."""
    with pytest.raises(ConnectionClosed) as ended:
        socket.recv(timeout=15)
    assert ended.value.rcvd is not None
    return ended.value.rcvd.code, ended.value.rcvd.reason
