"""The operations that run on one WebSocket connection."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Any

from graphql import OperationType

from accounts.waiting import ClosingError
from graph import answers
from graph.context import Context
from graph.pipeline import Pipeline, operation_of, unnamed
from graph.request import GraphQLRequest, RefusedError

_AT_ONCE = 100
"""On one connection."""

Sender = Callable[[dict[str, Any]], Awaitable[None]]


class Operations:
    """Runs operations by their ids, and sends what each of them gives, to its end.

    `restart` is called when this process is asked to end, and closes the connection.
    """

    def __init__(
        self,
        *,
        pipeline: Pipeline,
        context: Context,
        send: Sender,
        restart: Callable[[], Awaitable[None]],
    ) -> None:
        self._pipeline = pipeline
        self._context = context
        self._send = send
        self._restart = restart
        self._running: dict[str, asyncio.Task[None]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._running

    async def start(self, key: str, asked: GraphQLRequest) -> None:
        if len(self._running) >= _AT_ONCE:
            await self._send_error(key, _refusal("Too many operations at once"))
        else:
            self._running[key] = asyncio.create_task(self._run(key, asked), name="operation")

    def stop(self, key: str) -> None:
        """Ends an operation, if it has not come to its end meanwhile."""
        task = self._running.pop(key, None)
        if task is not None:
            task.cancel()

    async def stop_all(self) -> None:
        tasks = [*self._running.values()]
        for key in [*self._running]:
            self.stop(key)
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, key: str, asked: GraphQLRequest) -> None:
        try:
            await self._answer(key, asked)
        except RefusedError as refused:
            await self._send_error(key, _refusal(refused.message))
        except ClosingError:
            await self._restart()

    async def _answer(self, key: str, asked: GraphQLRequest) -> None:
        document = self._pipeline.document(asked, self._context.client)
        if isinstance(document, list):
            return await self._send_error(key, answers.refusal_of(document))
        operation = operation_of(document, asked)
        if operation is None:
            return await self._send_error(key, answers.refusal_of(unnamed()))
        if operation is OperationType.MUTATION:
            raise RefusedError(405, "Send mutations by POST")
        async with aclosing(self._pipeline.bodies(document, asked, self._context)) as bodies:
            async for body in bodies:
                if "data" not in body:
                    return await self._send_error(key, body)
                await self._send({"id": key, "type": "next", "payload": body})
        return await self._send_last(key, {"type": "complete"})

    async def _send_error(self, key: str, body: dict[str, Any]) -> None:
        await self._send_last(key, {"type": "error", "payload": body["errors"]})

    async def _send_last(self, key: str, message: dict[str, Any]) -> None:
        self._running.pop(key, None)  # before the client knows: it may use the id again
        await self._send({"id": key, **message})


def _refusal(message: str) -> dict[str, Any]:
    return {"errors": [{"message": message}]}
