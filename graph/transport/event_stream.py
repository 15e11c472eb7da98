"""Answers as server-sent events: the "distinct connections mode" of GraphQL over SSE."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Self

import orjson
from starlette.types import Receive, Scope, Send

from accounts.verification.subscribers import ClosingError

_STILL_HERE = 15.0
"""Seconds from one comment to the next: proxies give up on a silent connection after 30 or 60, and
a client that is gone shows only when something is sent to it."""

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"vary", b"accept"),
    (b"x-accel-buffering", b"no"),  # nginx would keep events until it has a page full of them
]


class EventStream:
    """One `next` event for each body, then `complete`, as an ASGI application.

    A stream that ends without `complete` was cut by a server that ends: ask another one.
    """

    def __init__(self, bodies: AsyncGenerator[dict[str, Any], None]) -> None:
        self._bodies = bodies

    @classmethod
    def of(cls, body: dict[str, Any]) -> Self:
        """A stream of one body."""

        async def single() -> AsyncGenerator[dict[str, Any], None]:
            yield body

        return cls(single())

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        events = asyncio.create_task(self._send_events(send), name="events")
        gone = asyncio.create_task(_until_gone(receive), name="until the client is gone")
        try:
            await _comment(send, until=(events, gone))
            if events.done():
                await _send(send, events.result(), last=True)
        finally:
            for task in (events, gone):
                task.cancel()
            await asyncio.gather(events, gone, return_exceptions=True)

    async def _send_events(self, send: Send) -> bytes:
        """Sends all events but the last one, which is returned; empty for a stream that is cut."""
        try:
            async with aclosing(self._bodies):
                async for body in self._bodies:
                    await _send(send, b"event: next\ndata: %b\n\n" % orjson.dumps(body))
        except ClosingError:
            return b""
        # With data, as a browser's EventSource drops an event that has none.
        return b"event: complete\ndata: \n\n"


async def _comment(send: Send, *, until: tuple[asyncio.Task[Any], ...]) -> None:
    """Comments now and then, until the first of the tasks is done."""
    while not any(task.done() for task in until):
        await asyncio.wait(until, timeout=_STILL_HERE, return_when=asyncio.FIRST_COMPLETED)
        if not any(task.done() for task in until):
            await _send(send, b": still here\n\n")


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, data: bytes, *, last: bool = False) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": not last})
