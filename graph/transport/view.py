"""The endpoint of the schema: GraphQL over HTTP, server-sent events and WebSockets."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from graphql import GraphQLError, OperationType
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from accounts.limits.concurrency import ConcurrencyLimit
from graph.context import Context
from graph.execution.documents import Document
from graph.execution.pipeline import Pipeline, no_such_operation, operation_of
from graph.transport import answers
from graph.transport.event_stream import EventStream
from graph.transport.negotiation import EVENTS, JSON, RESPONSE_JSON, MediaType, preferred_media_type
from graph.transport.request import GraphQLRequest, RefusedError, read_get, read_post
from graph.transport.websocket import WebSocketConnection

_OFFERS: tuple[MediaType, ...] = ("application/json", "application/graphql-response+json")
_PAGE_OFFERS: tuple[MediaType, ...] = (*_OFFERS, "text/html")
_MUTATION = OperationType.MUTATION
_REQUEST_PARAMETERS = frozenset({"query", "documentId", "extensions"})
"""A request of a browser without any of these parameters gets the explorer page."""


@dataclass(frozen=True)
class Sockets:
    """Decides which clients may open a WebSocket."""

    admits: Callable[[HTTPConnection], bool]
    """Checks the origin of the page, as browsers let any page open a WebSocket."""
    limit: ConcurrencyLimit


class GraphQLView:
    """The ASGI endpoint for HTTP and WebSockets.

    `context_of` creates a request's context. `explorer` creates the page for browsers.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        *,
        context_of: Callable[[HTTPConnection], Context],
        sockets: Sockets,
        explorer: Callable[[], Response] | None = None,
    ) -> None:
        self._pipeline = pipeline
        self._context_of = context_of
        self._sockets = sockets
        self._explorer = explorer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._serve_websocket(WebSocket(scope, receive, send))
        else:
            response = await self._respond(Request(scope, receive))
            await response(scope, receive, send)

    async def _serve_websocket(self, websocket: WebSocket) -> None:
        try:
            context = self._context_of(websocket)
        except RefusedError as refused:
            await _deny(websocket, refused)
            return
        with self._sockets.limit.slot(context.client.key) as free:
            if not self._sockets.admits(websocket):
                refusal = RefusedError(403, "WebSockets are not open to pages of this origin")
            elif not free:
                refusal = RefusedError(429, "Too many connections are open")
            else:
                await WebSocketConnection(
                    websocket, pipeline=self._pipeline, context=context
                ).serve()
                return
            await _deny(websocket, refusal)

    async def _respond(self, request: Request) -> ASGIApp:
        header = _accept(request)
        if self._explorer is not None and _from_browser(request, header):
            return self._explorer()
        media_type = preferred_media_type(header, offers=_OFFERS)
        # JSON comes first, as urql accepts both for queries and mutations.
        streams = media_type is None and preferred_media_type(header, offers=(EVENTS,)) is not None
        try:
            if media_type is None and not streams:
                raise RefusedError(406, f"Accept {JSON} or {RESPONSE_JSON}")
            return await self._answer(request, media_type)
        except RefusedError as refused:
            return answers.refusal_response(refused, media_type or "application/json")
        except ClientDisconnect:
            return Response(status_code=400)  # the client has disconnected
        except asyncio.CancelledError:
            # The server stops and waits no longer for this request, but can still answer it.
            stopping = RefusedError(503, "The server is stopping: try again", retry_after=2)
            return answers.refusal_response(stopping, media_type or "application/json")

    async def _answer(self, request: Request, media_type: MediaType | None) -> ASGIApp:
        """The answer: JSON in this media type, or an event stream if that is None."""
        context = self._context_of(request)
        try:
            graphql_request = await _read(request)
        except RefusedError:
            self._pipeline.count_rejected(context.client.key)
            raise
        document = self._pipeline.document(graphql_request, context.client.key)
        if isinstance(document, list):
            context.observer.rejected()
            return _errors_response(document, media_type)
        streams = media_type is None
        errors = _refused_operation(document, graphql_request, request.method, streams=streams)
        is_mutation = operation_of(document, graphql_request) is _MUTATION
        if streams and is_mutation and context.request_cookie:
            # The head of a stream leaves before the operation begins, and could change no cookie.
            errors = [GraphQLError("With the session cookie, accept JSON for mutations.")]
        if errors:
            self._pipeline.count_rejected(context.client.key)
            context.observer.rejected()
            return _errors_response(errors, media_type)
        if media_type is None:
            context = replace(context, answer_cookie=None)
            return EventStream(self._pipeline.bodies(document, graphql_request, context))
        result = await self._pipeline.execute(document, graphql_request, context)
        return answers.result_response(result, media_type, cookie=context.answer_cookie)


async def _deny(websocket: WebSocket, refusal: RefusedError) -> None:
    await websocket.send_denial_response(answers.refusal_response(refusal, "application/json"))


async def _read(request: Request) -> GraphQLRequest:
    if request.method == "POST":
        return await read_post(request)
    if request.method == "GET":
        return read_get(request.query_params)
    raise RefusedError(405, "Use POST, or GET for a query", allow="GET, POST")


def _errors_response(errors: list[GraphQLError], media_type: MediaType | None) -> ASGIApp:
    if media_type is not None:
        return answers.errors_response(errors, media_type)
    return EventStream.of(answers.refusal_of(errors))


def _refused_operation(
    document: Document, request: GraphQLRequest, method: str, *, streams: bool
) -> list[GraphQLError] | None:
    """Why this method or transport may not execute the operation; None if it may."""
    operation = operation_of(document, request)
    if operation is None:
        return no_such_operation()
    if operation is OperationType.SUBSCRIPTION and not streams:
        return [GraphQLError("Subscriptions need a streaming transport.")]
    if operation is _MUTATION and method == "GET":
        raise RefusedError(405, "Send mutations by POST", allow="POST")
    return None


def _accept(request: Request) -> str:
    # Several header lines with one name form one list (RFC 9110, 5.3).
    return ",".join(request.headers.getlist("accept"))


def _from_browser(request: Request, accept: str) -> bool:
    return (
        request.method == "GET"
        and preferred_media_type(accept, offers=_PAGE_OFFERS) == "text/html"
        and _REQUEST_PARAMETERS.isdisjoint(request.query_params)
    )
