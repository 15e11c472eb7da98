"""What the application is told of its client's connection."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from queue import Queue
from typing import Any

import pytest
import uvicorn
from harness.polling import eventually
from harness.postgres import free_port
from starlette.applications import Starlette
from starlette.routing import Mount
from websockets.sync.client import connect

from server.edge.connection_limits import LIMITS_KEY, watched_limits
from server.edge.connection_state import IS_CONNECTED
from server.process.uvicorn_server import HTTP, WEBSOCKETS

Told = Queue[Callable[[], bool]]


@pytest.fixture
def told() -> Told:
    """What each request's application was given."""
    return Queue()


@pytest.fixture
def ended() -> threading.Event:
    """Set when a request's application was told that its client is gone."""
    return threading.Event()


@pytest.fixture
def port(told: Told, ended: threading.Event) -> Iterator[int]:
    """The port of an application whose answers have no end, and whose WebSockets say nothing."""

    async def endless(scope: Any, receive: Any, send: Any) -> None:
        told.put(scope["extensions"][IS_CONNECTED])
        talking = asyncio.create_task(_talk(send) if scope["type"] == "http" else asyncio.sleep(0))
        while (await receive())["type"] not in {"http.disconnect", "websocket.disconnect"}:
            pass
        ended.set()
        talking.cancel()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        async with watched_limits(client_timeout=60) as shared:
            yield {LIMITS_KEY: shared}

    port = free_port()
    app = Starlette(routes=[Mount("/", endless)], lifespan=lifespan)
    config = uvicorn.Config(
        app, port=port, http=HTTP, ws=WEBSOCKETS, log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    eventually(lambda: server.started, "the server's start")
    yield port
    server.should_exit = True
    thread.join()


async def _talk(send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        await send({"type": "http.response.body", "body": b"still here", "more_body": True})
        await asyncio.sleep(0.05)


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


def test_a_request_that_runs_is_told_though_another_waits_behind_it(
    port: int, told: Told, ended: threading.Event
):
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 2)
        told.get(timeout=15)

    assert ended.wait(timeout=15)
