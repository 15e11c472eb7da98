"""A client of the server under soak, with an address of its own."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import httpx
from harness.event_streams import EVENTS
from harness.paths import OPERATIONS
from harness.websocket_client import CHANGED, PROTOCOL
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from soak.ledger import LOST, UNSURE, Ledger, Person

_PATIENCE = 90.0
"""Seconds in which a request that is sent again and again is answered."""
_KEPT = 2.0
"""Seconds that an idle connection is used again: less than the five after which uvicorn ends it."""

_TEXTS = {path.stem: path.read_text() for path in OPERATIONS.glob("*.graphql")}


class GivenUpError(Exception):
    """Nobody answered in time."""


class Client:
    """Asks the server, and writes each answer into the ledger."""

    def __init__(self, port: int, number: int, ledger: Ledger) -> None:
        self.address = f"127.0.{number // 250 + 1}.{number % 250 + 1}"
        self.port = port
        self.ledger = ledger
        self.http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            timeout=30,
            transport=httpx.AsyncHTTPTransport(
                local_address=self.address,
                limits=httpx.Limits(keepalive_expiry=_KEPT),
            ),
        )

    async def ask(
        self,
        operation: str,
        *expected: str,
        about: Person | None = None,
        bearer: str | None = None,
        **given: str,
    ) -> dict[str, Any]:
        """One answer to an operation with this input; `__typename` is its outcome."""
        headers = {"authorization": f"Bearer {bearer}"} if bearer else {}
        body = {"query": _TEXTS[operation], "variables": {"input": given} if given else {}}
        name = about.email if about else "nobody"
        answer = await self.post(operation, body, *expected, about=name, headers=headers)
        if about:
            self.ledger.learn(about, answer)
        return answer

    async def post(
        self, operation: str, body: object, *expected: str, about: str = "nobody", **options: Any
    ) -> dict[str, Any]:
        """The same for any body, which is sent as JSON unless it is bytes."""
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        began = time.time()
        try:
            answer = _answer(await self.http.post("/graphql", **content, **options))
        except httpx.TransportError:
            answer = {"__typename": LOST}
        self.ledger.record(operation, answer, expected, began=began, about=about)
        return answer

    async def insist(
        self, operation: str, *expected: str, again: tuple[str, ...] = (), **given: Any
    ) -> dict[str, Any]:
        """The answer, however often it takes. `again` is expected as well after the first time."""
        deadline = time.monotonic() + _PATIENCE
        answer = await self.ask(operation, *expected, **given)
        while answer["__typename"] in UNSURE:
            if time.monotonic() > deadline:
                raise GivenUpError(operation)
            await asyncio.sleep(answer.get("retryAfterSeconds", 0.5))
            answer = await self.ask(operation, *expected, *again, **given)
        if answer["__typename"] not in {*expected, *again}:
            raise GivenUpError(operation)  # the ledger has it
        return answer

    async def events(self, verification_id: str) -> AsyncIterator[dict[str, Any]]:
        """What a subscriber is told by server-sent events, until it ends or breaks."""
        body = {"query": CHANGED, "variables": {"id": verification_id}}
        with suppress(httpx.TransportError):
            async with self.http.stream("POST", "/graphql", json=body, headers=EVENTS) as stream:
                async for line in stream.aiter_lines():
                    if line.startswith("data: {"):
                        yield json.loads(line.removeprefix("data: "))

    async def messages(self, verification_id: str) -> AsyncIterator[dict[str, Any]]:
        """The same over a WebSocket."""
        payload = {"query": CHANGED, "variables": {"id": verification_id}}
        asked = {"id": "1", "type": "subscribe", "payload": payload}
        with suppress(OSError, WebSocketException, TimeoutError):
            async with connect(
                f"ws://127.0.0.1:{self.port}/graphql",
                subprotocols=[PROTOCOL],  # type: ignore[list-item] # a NewType of str
                local_addr=(self.address, 0),
                max_queue=None,
            ) as socket:
                await socket.send(json.dumps({"type": "connection_init"}))
                await socket.recv()
                await socket.send(json.dumps(asked))
                async for message in socket:
                    told = json.loads(message)
                    if told["type"] == "next":
                        yield told["payload"]
                        continue
                    if told["type"] == "error":
                        yield {"errors": told["payload"]}
                    return  # an error is the last message, as is `complete`


def _answer(response: httpx.Response) -> dict[str, Any]:
    """What a response says, with its outcome as `__typename`."""
    if response.status_code == httpx.codes.OK and "json" in response.headers["content-type"]:
        body = response.json()
        if errors := body.get("errors"):
            extensions = errors[0].get("extensions", {})
            return {"__typename": extensions.get("code", "refused"), **extensions}
        value = next(iter(body["data"].values()))
        if isinstance(value, dict):
            return {"__typename": "found", **value}
        return {"__typename": "nothing" if value is None else str(value)}
    return {"__typename": f"HTTP {response.status_code}"}
