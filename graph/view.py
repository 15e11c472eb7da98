"""Serves the schema by GraphQL over HTTP."""

from collections.abc import Callable
from inspect import isawaitable
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    execute,
    get_operation_ast,
)
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from graph.context import Context
from graph.documents import Documents
from graph.failures import failure
from graph.negotiation import JSON, RESPONSE_JSON, MediaType, accepted
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
            return _refusal(refused, media_type or "application/json")
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it

    async def _answer(self, request: Request, media_type: MediaType) -> Response:
        if request.method == "POST":
            asked = await read_post(request)
        elif request.method == "GET":
            asked = read_get(request.query_params)
        else:
            raise RefusedError(405, "Use POST, or GET for a query", allow="GET, POST")

        document = self._documents.get(asked.query)
        if isinstance(document, list):
            return _request_error(document, media_type)
        errors = _refused_operation(document, asked, request.method)
        if errors:
            return _request_error(errors, media_type)
        result = await self._execute(document, asked, self._context_of(request))
        # Only an error without a path came before execution: no operation, or a bad variable.
        if result.data is None and result.errors and result.errors[0].path is None:
            return _request_error(result.errors, media_type)
        body: dict[str, Any] = {"data": result.data}
        if result.errors:
            body["errors"] = [_public(error) for error in result.errors]
        return _json(body, media_type, 200)

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


def _refused_operation(
    document: DocumentNode, asked: GraphQLRequest, method: str
) -> list[GraphQLError] | None:
    """Why the operation may not be executed here, apart from its content."""
    operation = get_operation_ast(document, asked.operation_name)
    if operation is None:
        return [GraphQLError("operationName must name one of the document's operations.")]
    if operation.operation is OperationType.SUBSCRIPTION:
        return [GraphQLError("Subscriptions need a streaming transport.")]
    if method == "GET" and operation.operation is not OperationType.QUERY:
        raise RefusedError(405, "Send mutations by POST", allow="POST")
    return None


def _accept(request: Request) -> str:
    # A header that comes in several lines is one list (RFC 9110, 5.3).
    return ",".join(request.headers.getlist("accept"))


def _from_browser(request: Request) -> bool:
    offers: tuple[MediaType, ...] = (*_OFFERS, "text/html")
    wanted = accepted(_accept(request), offers=offers)
    return request.method == "GET" and "query" not in request.query_params and wanted == "text/html"


def _public(error: GraphQLError) -> dict[str, Any]:
    """An execution error as the client may see it: nothing of its cause."""
    cause = error.original_error
    if cause is None:
        return dict(error.formatted)
    answer = failure(cause)
    code = type(answer).__name__.removesuffix("Error").upper()
    details = {key: value for key, value in vars(answer).items() if key != "message"}
    return {
        "message": answer.message,
        "path": error.path,
        "extensions": {"code": code, **details},
    }


def _request_error(errors: list[GraphQLError], media_type: MediaType) -> Response:
    """An answer without `data`: nothing was executed (GraphQL over HTTP 6.4)."""
    status = 400 if media_type == RESPONSE_JSON else 200
    return _json({"errors": [error.formatted for error in errors]}, media_type, status)


def _refusal(refused: RefusedError, media_type: MediaType) -> Response:
    response = _json({"errors": [{"message": refused.message}]}, media_type, refused.status)
    if refused.allow is not None:
        response.headers["allow"] = refused.allow
    return response


def _json(body: dict[str, Any], media_type: MediaType, status: int) -> Response:
    # no-store: answers hold tokens and personal data.
    headers = {"cache-control": "no-store", "vary": "accept"}
    content_type = f"{media_type}; charset=utf-8"
    return Response(orjson.dumps(body), status, headers, media_type=content_type)
