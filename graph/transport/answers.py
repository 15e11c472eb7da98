"""Turns results, errors and refusals into HTTP answers that leak no input values."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError
from starlette.datastructures import Headers
from starlette.responses import Response
from strawberry.utils.str_converters import to_camel_case

from graph.execution.failures import RefusedFieldError, failure
from graph.session_cookie import SessionCookie
from graph.transport.negotiation import RESPONSE_JSON, MediaType
from graph.transport.request import RefusedError

# These patterns remove what graphql-core quotes from invalid requests: unexpected tokens, values of
# the wrong type, inputs that lack a field. Each of them may contain a password.
#
# A quotation may be as long as a request and contain anything, so no pattern may search for its end
# repeatedly: a quotation without an end extends to the end of the message.
_QUOTED = (
    (
        re.compile(
            r"\b(String|BlockString|Name|Int|Float) (['\"])(?:.*\2(?=[.,]|$)|.*)", re.DOTALL
        ),
        r"\1",
    ),
    (re.compile(r",? ?\b[Ff]ound: .*$", re.DOTALL), ""),
    (re.compile(r"( cannot represent[^:]{0,99}): .*$", re.DOTALL), r"\1"),
    (re.compile(r"\bValue '(?:.*'(?= does not exist in)|.*)", re.DOTALL), "Value"),
)


_BAD_ARGUMENT = "Argument '"
"""How graphql-core begins the message if a client gives null, in a variable, for an argument that
cannot be null. Only the text tells it from an error in an answer, which is a bug."""


def result_response(
    result: ExecutionResult, media_type: MediaType, *, cookie: SessionCookie | None
) -> Response:
    """The answer to an executed operation: its data, and the errors of its fields.

    It sets or clears the session cookie if the operation did.
    """
    if result.errors and _came_before_execution(result):
        return errors_response(result.errors, media_type)
    response = _json(body(result), media_type, 200)
    if cookie is not None and cookie.header is not None:
        response.raw_headers.append((b"set-cookie", cookie.header))
    return response


def errors_response(errors: list[GraphQLError], media_type: MediaType) -> Response:
    """An answer without `data` (GraphQL over HTTP, 6.4.1 and 6.4.2)."""
    status = 400 if media_type == RESPONSE_JSON else 200
    return _json(refusal_of(errors), media_type, status)


def refusal_response(refusal: RefusedError, media_type: MediaType) -> Response:
    """The answer to a refused request, for example one that is invalid or over a limit."""
    response = _json({"errors": [{"message": refusal.message}]}, media_type, refusal.status)
    response.headers.update(refusal.headers)
    return response


def body(result: ExecutionResult) -> dict[str, Any]:
    """A result as the specification's response map, without `data` if it was not executed."""
    errors = result.errors or []
    if _came_before_execution(result):
        return refusal_of(errors)
    executed: dict[str, Any] = {"data": result.data}
    if errors:
        executed["errors"] = [_failed_field(error) for error in errors]
    return executed


def refusal_of(errors: list[GraphQLError]) -> dict[str, Any]:
    """The response map of a request that was not executed."""
    return {"errors": [_without_values(error) for error in errors]}


def stream_error(error: Exception) -> dict[str, Any]:
    """The error that ended a stream early."""
    if isinstance(error, GraphQLError):
        return _failed_field(error)
    return _failed_field(GraphQLError("", original_error=error))


def _came_before_execution(result: ExecutionResult) -> bool:
    # An error without a path precedes execution: an unknown operation, or an invalid variable.
    errors = result.errors or []
    return result.data is None and bool(errors) and errors[0].path is None


def _without_values(error: GraphQLError) -> dict[str, Any]:
    message = error.message
    for quoted, kept in _QUOTED:
        message = quoted.sub(kept, message)
    return {**error.formatted, "message": message}


def _failed_field(error: GraphQLError) -> dict[str, Any]:
    """A field's error. It has a code, as queries have no union with error types."""
    cause = error.original_error
    if cause is None or isinstance(cause, RefusedFieldError):
        return dict(error.formatted)
    if isinstance(cause, GraphQLError) and cause.message.startswith(_BAD_ARGUMENT):
        return _without_values(error)
    answer = failure(cause)
    code = type(answer).__name__.removesuffix("Error").upper()
    details = {to_camel_case(key): value for key, value in vars(answer).items() if key != "message"}
    formatted = {"message": answer.message, "extensions": {"code": code, **details}}
    return {**formatted, "path": error.path} if error.path else formatted


def _json(body: dict[str, Any], media_type: MediaType, status: int) -> Response:
    response = Response(orjson.dumps(body), status)
    response.raw_headers += _headers(media_type)
    return response


@cache
def _headers(media_type: MediaType) -> Sequence[tuple[bytes, bytes]]:
    # no-store: answers contain tokens and personal data.
    headers = {"content-type": f"{media_type}; charset=utf-8", "cache-control": "no-store"}
    return Headers({**headers, "vary": "accept"}).raw
