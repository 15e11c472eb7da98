"""Answers as server-sent events: the "distinct connections mode" of GraphQL over SSE."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Self

import orjson
from starlette.types import Receive, Scope, Send

from accounts.waiting import ClosingError

_STILL_HERE = 15.0
"""Seconds of silence after which a comment is sent: proxies give up on a connection after 30 or 60,
and a client that is gone shows only when something is sent to it."""

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
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            async with aclosing(self._bodies):
                await self._send_events(send, gone)
        finally:
            gone.cancel()

    async def _send_events(self, send: Send, gone: asyncio.Future[None]) -> None:
        while True:
            step = asyncio.ensure_future(anext(self._bodies))
            try:
                await _wait(step, gone, send)
                if not step.done():
                    break
                await _send(send, b"event: next\ndata: %b\n\n" % orjson.dumps(step.result()))
            except StopAsyncIteration:
                # With data, as a browser's EventSource drops an event that has none.
                await _send(send, b"event: complete\ndata: \n\n", last=True)
                break
            except ClosingError:
                await _send(send, b"", last=True)
                break
            finally:
                step.cancel()
                await asyncio.gather(step, return_exceptions=True)


async def _wait(step: asyncio.Future[Any], gone: asyncio.Future[None], send: Send) -> None:
    """Returns when there is an answer, or nobody to take it."""
    while not step.done() and not gone.done():
        await asyncio.wait({step, gone}, timeout=_STILL_HERE, return_when=asyncio.FIRST_COMPLETED)
        if not step.done() and not gone.done():
            await _send(send, b": still here\n\n")


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, data: bytes, *, last: bool = False) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": not last})
