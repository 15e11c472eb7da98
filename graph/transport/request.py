"""Reads GraphQL requests from HTTP, and refuses invalid ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request

MAX_BODY = 64 * 1024
"""Bytes."""

SHA256 = "sha256:"
"""The prefix of document ids that are hashes (GraphQL over HTTP, "Persisted Documents")."""


class RefusedError(Exception):
    """A request is refused, with an HTTP status and a message for the client's developer."""

    def __init__(
        self, status: int, message: str, *, allow: str | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers: dict[str, str] = {}
        if allow is not None:
            self.headers["allow"] = allow
        if retry_after is not None:
            self.headers["retry-after"] = str(retry_after)


@dataclass(frozen=True)
class DocumentId:
    """The id that a client sends instead of a document, or in addition to it."""

    value: str = field(repr=False)
    is_apollos: bool
    """It came as Apollo's `persistedQuery`, whose clients need certain error messages."""

    @property
    def digest(self) -> str | None:
        """The SHA-256 in the id; None if the id is not a hash."""
        if self.is_apollos or self.value.startswith(SHA256):
            return self.value.removeprefix(SHA256)
        return None

    def unknown(self) -> GraphQLError:
        """The error for an unknown id. It reveals neither the id nor whether others use it."""
        if self.is_apollos:
            code = {"code": "PERSISTED_QUERY_NOT_FOUND"}
            return GraphQLError("PersistedQueryNotFound", extensions=code)
        code = {"code": "PERSISTED_DOCUMENT_NOT_FOUND"}
        return GraphQLError("No document has this documentId.", extensions=code)

    def contradicted(self) -> GraphQLError:
        name = "sha256Hash" if self.is_apollos else "documentId"
        code = {"code": "PERSISTED_DOCUMENT_MISMATCH"}
        return GraphQLError(f"The {name} is not that of the query.", extensions=code)


@dataclass(frozen=True)
class GraphQLRequest:
    """The parameters of a request (GraphQL over HTTP). Its repr shows no values."""

    query: str = field(repr=False)
    """Empty if the client sent only an id."""
    variables: dict[str, Any] | None = field(repr=False)
    operation_name: str | None
    document_id: DocumentId | None = None


async def read_post(request: Request) -> GraphQLRequest:
    """The request in a JSON body. Raises RefusedError."""
    if not _is_json(request.headers.get("content-type", "")):
        raise RefusedError(415, "Send the request as application/json in UTF-8")
    try:
        body = orjson.loads(await _body(request))
    except orjson.JSONDecodeError as error:
        raise RefusedError(400, f"The body is not JSON: {error.msg}") from None
    if isinstance(body, list):
        raise RefusedError(400, "Batches are not supported: send one request at a time")
    if not isinstance(body, dict):
        raise RefusedError(400, "The body must be a JSON object")
    return checked_request(body)


def read_get(parameters: QueryParams) -> GraphQLRequest:
    """The request in a URL's query. Empty parameters count as missing. Raises RefusedError."""
    values: dict[str, Any] = {name: value for name, value in parameters.items() if value}
    for name in ("variables", "extensions"):
        if name in values:
            try:
                values[name] = orjson.loads(values[name])
            except (orjson.JSONDecodeError, UnicodeEncodeError):
                raise RefusedError(400, f"{name} must be a JSON object") from None
    return checked_request(values)


@lru_cache(maxsize=64)  # clients send few different headers
def _is_json(content_type: str) -> bool:
    media_type, *parameters = content_type.lower().split(";")
    charsets = [value.strip() for value in parameters if value.strip().startswith("charset=")]
    utf8 = all(value.removeprefix("charset=").strip('"') in {"utf-8", "utf8"} for value in charsets)
    return media_type.strip() == "application/json" and utf8


async def _body(request: Request) -> bytearray:
    """The whole body. Raises RefusedError, without reading on, if it exceeds MAX_BODY."""
    body, more = bytearray(), True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            raise RefusedError(413, f"The body must be at most {MAX_BODY} bytes")
        more = message.get("more_body", False)
    return body


def checked_request(values: Mapping[str, Any]) -> GraphQLRequest:
    """The request in values whose types are not checked yet. Raises RefusedError."""
    identified = "documentId" in values or "extensions" in values
    document_id = _document_id(values) if identified else None
    query = values.get("query")
    if document_id is not None and not query:
        query = ""
    elif not isinstance(query, str) or not query.strip():
        raise RefusedError(400, "query must be a string that holds a GraphQL document")
    operation_name = values.get("operationName")
    if operation_name is not None and not isinstance(operation_name, str):
        raise RefusedError(400, "operationName must be a string")
    variables = values.get("variables")
    if variables is not None and not isinstance(variables, dict):
        raise RefusedError(400, "variables must be an object")
    extensions = values.get("extensions")
    if extensions is not None and not isinstance(extensions, dict):
        raise RefusedError(400, "extensions must be an object")
    # Some clients send an empty name instead of none.
    return GraphQLRequest(query, variables, operation_name or None, document_id)


def _document_id(values: Mapping[str, Any]) -> DocumentId | None:
    value = values.get("documentId")
    if value is not None and not isinstance(value, str):
        raise RefusedError(400, "documentId must be a string")
    if value:
        return DocumentId(value, is_apollos=False)
    extensions = values.get("extensions")
    persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    match persisted:
        case None:
            return None
        case {"version": 1, "sha256Hash": str() as value}:
            return DocumentId(value, is_apollos=True)
        case _:
            raise RefusedError(400, "persistedQuery must have the version 1 and a sha256Hash")
