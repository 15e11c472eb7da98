"""Serves the schema by GraphQL over HTTP."""

import asyncio
from collections.abc import Callable
from inspect import isawaitable

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute,
    get_operation_ast,
)
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from graph import answers
from graph.budget import Budget
from graph.context import Context
from graph.documents import Documents
from graph.negotiation import JSON, RESPONSE_JSON, MediaType, accepted
from graph.observer import MAX_NAME
from graph.request import GraphQLRequest, RefusedError, read_get, read_post

_OFFERS: tuple[MediaType, ...] = ("application/json", "application/graphql-response+json")


class GraphQLView:
    """The ASGI endpoint.

    `context_of` gives a request's context; `explorer` the page for a browser, None for no page.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        context_of: Callable[[Request], Context],
        explorer: Callable[[], Response] | None = None,
        introspection: bool = True,
    ) -> None:
        self._schema = schema
        self._documents = Documents(schema, introspection=introspection)
        self._budget = Budget()
        self._context_of = context_of
        self._explorer = explorer
        self._hide_suggestions = not introspection

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if self._explorer is not None and _from_browser(request):
            return self._explorer()
        media_type = accepted(_accept(request), offers=_OFFERS)
        try:
            if media_type is None:
                raise RefusedError(406, f"Accept {JSON} or {RESPONSE_JSON}")
            return await self._answer(request, media_type)
        except RefusedError as refused:
            return answers.refused(refused, media_type or "application/json")
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except asyncio.CancelledError:
            # The server ends, and has waited long enough. An answer is still possible.
            stopping = RefusedError(503, "The server is stopping: try again", retry_after=2)
            return answers.refused(stopping, media_type or "application/json")

    async def _answer(self, request: Request, media_type: MediaType) -> Response:
        if request.method == "POST":
            asked = await read_post(request)
        elif request.method == "GET":
            asked = read_get(request.query_params)
        else:
            raise RefusedError(405, "Use POST, or GET for a query", allow="GET, POST")

        context = self._context_of(request)
        document = self._document(asked.query, context.client)
        if isinstance(document, list):
            context.observer.rejected()
            return answers.not_executed(document, media_type)
        operation = get_operation_ast(document, asked.operation_name)
        if operation is None or operation.operation is OperationType.SUBSCRIPTION:
            context.observer.rejected()
            return answers.not_executed([_refused_operation(operation)], media_type)
        if request.method == "GET" and operation.operation is not OperationType.QUERY:
            raise RefusedError(405, "Send mutations by POST", allow="POST")
        with context.observer.operation(*_named(operation)) as tell:
            result = await self._execute(document, asked, context)
            tell("errors" if result.errors else "ok")
        return answers.executed(result, media_type)

    def _document(self, text: str, client: str) -> DocumentNode | list[GraphQLError]:
        """The document, from the cache if it was seen before; a new one has to be paid for."""
        known = self._documents.known(text)
        if known is not None:
            return known
        wait = self._budget.wait(client)
        if wait:
            raise RefusedError(429, "Too many new documents", retry_after=wait)
        with self._budget.spending(client):
            return self._documents.read(text)

    async def _execute(
        self, document: DocumentNode, asked: GraphQLRequest, context: Context
    ) -> ExecutionResult:
        result = execute(
            self._schema,
            document,
            context_value=context,
            variable_values=asked.variables,
            operation_name=asked.operation_name,
            hide_suggestions=self._hide_suggestions,
        )
        return await result if isawaitable(result) else result


def _refused_operation(operation: OperationDefinitionNode | None) -> GraphQLError:
    """Why the operation may not be executed here, apart from its content."""
    if operation is None:
        return GraphQLError("operationName must name one of the document's operations.")
    return GraphQLError("Subscriptions need a streaming transport.")


def _named(operation: OperationDefinitionNode) -> tuple[str, str | None]:
    name = operation.name.value[:MAX_NAME] if operation.name else None
    return operation.operation.value, name


def _accept(request: Request) -> str:
    # A header that comes in several lines is one list (RFC 9110, 5.3).
    return ",".join(request.headers.getlist("accept"))


def _from_browser(request: Request) -> bool:
    offers: tuple[MediaType, ...] = (*_OFFERS, "text/html")
    wanted = accepted(_accept(request), offers=offers)
    return request.method == "GET" and "query" not in request.query_params and wanted == "text/html"
