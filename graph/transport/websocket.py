"""The protocol `graphql-transport-ws`, which `graphql-ws` and most other clients use.

https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect

from graph.context import Context
from graph.execution.pipeline import Pipeline
from graph.transport.request import MAX_BODY, RefusedError, checked_request
from graph.transport.websocket_operations import Operations

PROTOCOL = "graphql-transport-ws"

_INIT_TIMEOUT = 10.0
"""Seconds from the handshake to `connection_init`."""

_LONGEST_REASON = 123
"""Bytes: a control frame has 125 at most (RFC 6455, 5.5), and the code takes 2."""


class _ClosedError(Exception):
    """Ends the connection with a close code of the protocol."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason.encode()[:_LONGEST_REASON].decode(errors="ignore")


class WebSocketConnection:
    """A WebSocket connection, from the handshake to its end."""

    def __init__(self, websocket: WebSocket, *, pipeline: Pipeline, context: Context) -> None:
        self._websocket = websocket
        self._acknowledged = False
        self._closed = False
        self._by_cookie = context.request_cookie is not None
        # The head of the handshake's answer has left: no operation changes a cookie.
        context = replace(context, answer_cookie=None)
        self._operations = Operations(
            pipeline=pipeline, context=context, send=self._send, restart=self._restart
        )
        self._handlers: dict[str, Callable[[dict[str, Any]], Awaitable[None]]] = {
            "connection_init": self._acknowledge,
            "ping": self._pong,
            "pong": self._ignore,
            "subscribe": self._subscribe,
            "complete": self._complete,
        }

    async def serve(self) -> None:
        """Serves the connection. Returns when it and all of its operations have ended."""
        try:
            await self._handle_messages()
        except _ClosedError as closed:
            await self._close(closed)
        except TimeoutError:
            await self._close(_ClosedError(4408, "Connection initialisation timeout"))
        except WebSocketDisconnect:
            self._closed = True
        finally:
            await self._operations.stop_all()

    async def _handle_messages(self) -> None:
        if PROTOCOL not in self._websocket.scope["subprotocols"]:
            await self._websocket.accept()
            raise _ClosedError(4406, "Subprotocol not acceptable")
        await self._websocket.accept(PROTOCOL)
        async with asyncio.timeout(_INIT_TIMEOUT):
            while not self._acknowledged:
                await self._handle(await self._receive())
        while True:
            await self._handle(await self._receive())

    async def _receive(self) -> dict[str, Any]:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect
        text = message.get("text")
        if text is None:
            raise _ClosedError(4400, "Messages must be text")
        if len(text) > MAX_BODY:
            raise _ClosedError(1009, f"Messages must have at most {MAX_BODY} bytes")
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise _ClosedError(4400, "Messages must be JSON") from None
        if not isinstance(value, dict):
            raise _ClosedError(4400, "Messages must be JSON objects")
        return value

    async def _handle(self, message: dict[str, Any]) -> None:
        kind = message.get("type")
        handler = self._handlers.get(kind) if isinstance(kind, str) else None
        if handler is None:
            raise _ClosedError(4400, "Messages must have one of the protocol's types")
        if not isinstance(message.get("payload"), dict | None):
            raise _ClosedError(4400, "payload must be an object")
        await handler(message)

    async def _acknowledge(self, message: dict[str, Any]) -> None:
        if self._acknowledged:
            raise _ClosedError(4429, "Too many initialisation requests")
        named = {name.lower() for name in message.get("payload") or ()}
        if self._by_cookie and "authorization" in named:
            raise _ClosedError(4400, "Send the session cookie or an authorization, not both")
        self._acknowledged = True
        await self._send({"type": "connection_ack"})

    async def _pong(self, message: dict[str, Any]) -> None:
        payload = {"payload": message["payload"]} if "payload" in message else {}
        await self._send({"type": "pong", **payload})

    async def _ignore(self, _: dict[str, Any]) -> None:
        pass

    async def _subscribe(self, message: dict[str, Any]) -> None:
        if not self._acknowledged:
            raise _ClosedError(4401, "Unauthorized")
        key = _id(message)
        if key in self._operations:
            raise _ClosedError(4409, f"Subscriber for {key} already exists")
        try:
            request = checked_request(message.get("payload") or {})
        except RefusedError as refused:
            raise _ClosedError(4400, refused.message) from None
        await self._operations.start(key, request)

    async def _complete(self, message: dict[str, Any]) -> None:
        self._operations.stop(_id(message))

    async def _restart(self) -> None:
        await self._close(_ClosedError(1012, "The server restarts"))

    async def _send(self, message: dict[str, Any]) -> None:
        if self._closed:
            return
        with suppress(WebSocketDisconnect):  # `_receive` raises it as well
            await self._websocket.send_text(orjson.dumps(message).decode())

    async def _close(self, closed: _ClosedError) -> None:
        if self._closed:
            return
        self._closed = True
        with suppress(WebSocketDisconnect):
            await self._websocket.close(closed.code, closed.reason)


def _id(message: dict[str, Any]) -> str:
    key = message.get("id")
    if not isinstance(key, str) or not key:
        raise _ClosedError(4400, "id must be a string that is not empty")
    return key
