"""What the application is told of its client's connection."""

import socket
import threading
from collections.abc import Callable, Iterator
from queue import Queue
from typing import Any

import pytest
import uvicorn
from harness.inbox import eventually
from harness.postgres import free_port
from websockets.sync.client import connect

from server.edge.connected import IS_CONNECTED
from server.uvicorn_server import HTTP, WEBSOCKETS

Told = Queue[Callable[[], bool]]


@pytest.fixture
def told() -> Told:
    """What each request's application was given."""
    return Queue()


@pytest.fixture
def port(told: Told) -> Iterator[int]:
    """The port of an application that passes on what it was given, and never answers."""

    async def application(scope: Any, receive: Any, _: Any) -> None:
        told.put(scope["extensions"][IS_CONNECTED])
        while (await receive())["type"] not in {"http.disconnect", "websocket.disconnect"}:
            pass

    port = free_port()
    config = uvicorn.Config(
        application,
        port=port,
        http=HTTP,
        ws=WEBSOCKETS,
        log_config=None,
        lifespan="off",
        access_log=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    eventually(lambda: server.started, "the server's start")
    yield port
    server.should_exit = True
    thread.join()


def test_a_request_is_told_whether_its_client_is_still_there(port: int, told: Told):
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        is_connected = told.get(timeout=15)
        assert is_connected()

    eventually(lambda: not is_connected(), "the news that the client has hung up")


def test_a_websocket_is_told_whether_its_client_is_still_there(port: int, told: Told):
    def open_and_leave() -> None:
        with pytest.raises(OSError), connect(f"ws://127.0.0.1:{port}/", open_timeout=1):  # noqa: PT011 - any way of not being answered
            pass

    client = threading.Thread(target=open_and_leave)
    client.start()
    is_connected = told.get(timeout=15)
    assert is_connected()
    client.join()

    eventually(lambda: not is_connected(), "the news that the client has hung up")
