"""The operations that run on one WebSocket connection."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from graphql import OperationType

from accounts.verification.subscribers import ClosingError
from graph.context import Context
from graph.execution.documents import Document
from graph.execution.pipeline import Pipeline, no_such_operation, operation_of
from graph.transport import answers
from graph.transport.request import GraphQLRequest, RefusedError

_MAX_OPERATIONS = 100
"""The limit of each connection."""

SendMessage = Callable[[dict[str, Any]], Awaitable[None]]


class Operations:
    """Runs the operations of a connection by their ids, and sends their results.

    `restart` is called when this process is asked to stop, and closes the connection.
    """

    def __init__(
        self,
        *,
        pipeline: Pipeline,
        context: Context,
        send: SendMessage,
        restart: Callable[[], Awaitable[None]],
    ) -> None:
        self._pipeline = pipeline
        self._context = context
        self._send = send
        self._restart = restart
        self._running: dict[str, asyncio.Task[None]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._running

    async def start(self, key: str, request: GraphQLRequest) -> None:
        if len(self._running) >= _MAX_OPERATIONS:
            with self._context.observer.websocket_operation() as observer:
                observer.rejected()
            await self._send_error(key, _refusal("Too many operations at once"))
        else:
            self._running[key] = asyncio.create_task(self._run(key, request), name="operation")

    def stop(self, key: str) -> None:
        """Cancels an operation, if it still runs."""
        task = self._running.pop(key, None)
        if task is not None:
            task.cancel()

    async def stop_all(self) -> None:
        tasks = [*self._running.values()]
        for key in [*self._running]:
            self.stop(key)
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, key: str, request: GraphQLRequest) -> None:
        with self._context.observer.websocket_operation() as observer:
            try:
                document = self._executable(request)
                if isinstance(document, Document):
                    context = replace(self._context, observer=observer)
                    await self._answer(key, self._pipeline.bodies(document, request, context))
                else:
                    observer.rejected()
                    await self._send_error(key, document)
            except ClosingError:
                await self._restart()

    def _executable(self, request: GraphQLRequest) -> Document | dict[str, Any]:
        """The document, or the response map that says why it is not executed."""
        client = self._context.client.key
        try:
            document = self._pipeline.document(request, client)
            if isinstance(document, list):
                return answers.refusal_of(document)
            operation = operation_of(document, request)
            if operation is None:
                self._pipeline.count_rejected(client)
                return answers.refusal_of(no_such_operation())
        except RefusedError as refused:
            return _refusal(refused.message)
        if operation is OperationType.MUTATION:
            return _refusal("Send mutations by POST")
        return document

    async def _answer(self, key: str, answered: AsyncGenerator[dict[str, Any], None]) -> None:
        async with aclosing(answered) as bodies:
            async for body in bodies:
                if "data" not in body:
                    return await self._send_error(key, body)
                await self._send({"id": key, "type": "next", "payload": body})
        return await self._send_last(key, {"type": "complete"})

    async def _send_error(self, key: str, body: dict[str, Any]) -> None:
        await self._send_last(key, {"type": "error", "payload": body["errors"]})

    async def _send_last(self, key: str, message: dict[str, Any]) -> None:
        self._running.pop(key, None)  # first, as the client may then reuse the id
        await self._send({"id": key, **message})


def _refusal(message: str) -> dict[str, Any]:
    return {"errors": [{"message": message}]}
