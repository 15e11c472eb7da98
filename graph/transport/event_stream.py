"""Sends answers as server-sent events ("distinct connections mode" of GraphQL over SSE)."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Self

import orjson
from starlette.types import Receive, Scope, Send

from accounts.verification.subscribers import ClosingError

_COMMENT_INTERVAL = 15.0
"""Seconds between comments. Proxies close a silent connection after 30 or 60 seconds, and only
sending shows that a client has disconnected."""

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"vary", b"accept"),
    (b"x-accel-buffering", b"no"),  # nginx would otherwise buffer events up to a page of memory
]


class EventStream:
    """An ASGI application that sends a `next` event for each body, then `complete`.

    A stream without `complete` was cut because the server stops. The client can reconnect.
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
        ended = asyncio.create_task(_until_disconnected(receive), name="until the client is gone")
        try:
            await _send_comments(send, until=(events, ended))
            if events.done():
                await _send(send, events.result(), last=True)
        finally:
            for task in (events, ended):
                task.cancel()
            await asyncio.gather(events, ended, return_exceptions=True)

    async def _send_events(self, send: Send) -> bytes:
        """Sends all events but the last, and returns that; empty if the stream is cut."""
        try:
            async with aclosing(self._bodies):
                async for body in self._bodies:
                    await _send(send, b"event: next\ndata: %b\n\n" % orjson.dumps(body))
        except ClosingError:
            return b""
        # With data, as a browser's EventSource ignores an event without any.
        return b"event: complete\ndata: \n\n"


async def _send_comments(send: Send, *, until: tuple[asyncio.Task[Any], ...]) -> None:
    """Sends comments at the interval until one of the tasks is done."""
    while not any(task.done() for task in until):
        await asyncio.wait(until, timeout=_COMMENT_INTERVAL, return_when=asyncio.FIRST_COMPLETED)
        if not any(task.done() for task in until):
            await _send(send, b": still here\n\n")


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, data: bytes, *, last: bool = False) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": not last})
