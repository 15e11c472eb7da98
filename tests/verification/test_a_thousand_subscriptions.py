"""A thousand people who wait at once with one worker: what it costs, and that all are told."""

import asyncio
import json
import resource
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import httpx
import psutil
import pytest
from harness.postbox import Postbox
from harness.processes import Server, serving
from websockets.asyncio.client import ClientConnection, connect

COUNT = 1_000
CHANGED = "subscription ($id: ID!) { verificationChanged(id: $id) }"
ADDRESS = "ada@example.com"

Next = Callable[[], Awaitable[str]]
"""Gives the next status that one of them is told."""


async def by_events(server: Server, handle: str, stack: AsyncExitStack) -> list[Next]:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    http = httpx.AsyncClient(base_url=server.url, timeout=60, limits=limits)
    await stack.enter_async_context(http)

    async def subscribe() -> Next:
        asked = http.stream(
            "POST",
            "/graphql",
            json={"query": CHANGED, "variables": {"id": handle}},
            headers={"accept": "text/event-stream"},
        )
        lines = (await stack.enter_async_context(asked)).aiter_lines()

        async def following() -> str:
            async for line in lines:
                if line.startswith("data: {"):
                    return json.loads(line[6:])["data"]["verificationChanged"]
            raise AssertionError("the stream has ended")

        return following

    return await in_tens(subscribe)


async def by_sockets(server: Server, handle: str, stack: AsyncExitStack) -> list[Next]:
    url = f"{server.url}/graphql".replace("http", "ws")

    async def subscribe() -> Next:
        opened = connect(url, subprotocols=["graphql-transport-ws"], compression=None)
        socket: ClientConnection = await stack.enter_async_context(opened)
        await socket.send('{"type": "connection_init"}')
        await socket.recv()
        payload = {"query": CHANGED, "variables": {"id": handle}}
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))

        async def following() -> str:
            return json.loads(await socket.recv())["payload"]["data"]["verificationChanged"]

        return following

    return await in_tens(subscribe)


async def in_tens(subscribe: Callable[[], Awaitable[Next]]) -> list[Next]:
    """So that what is measured is what waits, and not a crowd at the door."""
    subscribed: list[Next] = []
    while len(subscribed) < COUNT:
        subscribed += await asyncio.gather(*(subscribe() for _ in range(10)))
    return subscribed


@pytest.mark.parametrize("subscribe", [by_events, by_sockets])
def test_a_thousand_people_wait_and_are_told(
    settings: dict[str, str], postbox: Postbox, subscribe: Callable[..., Awaitable[list[Next]]]
):
    roomy = {"SUBSCRIPTIONS_PER_CLIENT": str(COUNT)}
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)  # the server inherits it
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, 4 * COUNT), hard), hard))

    async def wait_and_be_told(server: Server) -> tuple[float, list[str], list[str]]:
        process = psutil.Process(server.pid)
        async with AsyncExitStack() as stack:
            before = process.memory_info().rss
            all_of_them = await subscribe(server, handle, stack)
            first = await asyncio.gather(*(following() for following in all_of_them))
            each = (process.memory_info().rss - before) / COUNT
            await asyncio.to_thread(server.verify, code)
            second = await asyncio.gather(*(following() for following in all_of_them))
            return each, first, second

    with serving(**settings, **roomy) as server:
        handle = server.register()["verification"]["id"]
        code = postbox.code(ADDRESS)
        each, first, second = asyncio.run(wait_and_be_told(server))

    sys.stdout.write(f"\n{subscribe.__name__}: {each / 1024:.1f} KiB for each of {COUNT}\n")
    assert first == ["PENDING"] * COUNT
    assert second == ["VERIFIED"] * COUNT
    assert each < 100 * 1024
