"""Turns results, errors and refusals into HTTP answers that give nothing away."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError
from starlette.datastructures import Headers
from starlette.responses import Response
from strawberry.utils.str_converters import to_camel_case

from graph.execution.failures import failure
from graph.transport.negotiation import RESPONSE_JSON, MediaType
from graph.transport.request import RefusedError

# graphql-core quotes what it cannot use, which may be a password in the wrong place: the token that
# it did not expect, the value of another type, the whole input that lacks a field.
#
# What is quoted may be as long as a request and say anything, so no pattern may search for an end
# again and again: a quotation without one goes on to the end of the message.
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


def executed(result: ExecutionResult, media_type: MediaType) -> Response:
    """What an operation gave, and which of its fields failed."""
    if not result.errors:
        return _json({"data": result.data}, media_type, 200)
    if _came_before_execution(result):
        return not_executed(result.errors, media_type)
    return _json(body(result), media_type, 200)


def not_executed(errors: list[GraphQLError], media_type: MediaType) -> Response:
    """An answer without `data` (GraphQL over HTTP, 6.4.1 and 6.4.2)."""
    status = 400 if media_type == RESPONSE_JSON else 200
    return _json(refusal_of(errors), media_type, status)


def refused(refusal: RefusedError, media_type: MediaType) -> Response:
    """The answer to something that is no GraphQL request, or one too many."""
    response = _json({"errors": [{"message": refusal.message}]}, media_type, refusal.status)
    response.headers.update(refusal.headers)
    return response


def body(result: ExecutionResult) -> dict[str, Any]:
    """A result as the specification's response map. One without `data` was not executed."""
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


def broken(error: Exception) -> dict[str, Any]:
    """Why a stream has ended early."""
    if isinstance(error, GraphQLError):
        return _failed_field(error)
    return _failed_field(GraphQLError("", original_error=error))


def _came_before_execution(result: ExecutionResult) -> bool:
    # Only an error without a path came before execution: no such operation, or a bad variable.
    errors = result.errors or []
    return result.data is None and bool(errors) and errors[0].path is None


def _without_values(error: GraphQLError) -> dict[str, Any]:
    message = error.message
    for quoted, kept in _QUOTED:
        message = quoted.sub(kept, message)
    return {**error.formatted, "message": message}


def _failed_field(error: GraphQLError) -> dict[str, Any]:
    """A field's error: a query has no union in which an outage could be a type."""
    cause = error.original_error
    if cause is None:
        return dict(error.formatted)
    answer = failure(cause)
    code = type(answer).__name__.removesuffix("Error").upper()
    details = {to_camel_case(key): value for key, value in vars(answer).items() if key != "message"}
    told = {"message": answer.message, "extensions": {"code": code, **details}}
    return {**told, "path": error.path} if error.path else told


def _json(body: dict[str, Any], media_type: MediaType, status: int) -> Response:
    response = Response(orjson.dumps(body), status)
    response.raw_headers += _headers(media_type)
    return response


@cache
def _headers(media_type: MediaType) -> Sequence[tuple[bytes, bytes]]:
    # no-store: answers hold tokens and personal data.
    headers = {"content-type": f"{media_type}; charset=utf-8", "cache-control": "no-store"}
    return Headers({**headers, "vary": "accept"}).raw
