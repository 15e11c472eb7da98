"""Requests that are none: each is refused in the shape that a GraphQL client understands."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from harness.service import Clock, Service, running

MEDIA_TYPE = "application/graphql-response+json"

NOT_AN_OBJECT = "The body must be a JSON object"
NOT_A_STRING = "operationName must be a string"
NO_OPERATION = "operationName must name one of the document's operations."
NOT_JSON_VARIABLES = "variables must be a JSON object"
NOT_UTF8 = "The body is not JSON: str is not valid UTF-8: surrogates not allowed"
TOO_DEEP = "The body is not JSON: depth limit exceeded"

NOT_A_REQUEST = {
    "nothing": (b"", "The body is not JSON: Input is a zero-length, empty document"),
    "a number": (b"1", NOT_AN_OBJECT),
    "a string": (b'"{ __typename }"', NOT_AN_OBJECT),
    "null": (b"null", NOT_AN_OBJECT),
    "a list": (b"[]", "Batches are not supported: send one request at a time"),
    "invalid UTF-8": (b'{"query": "{ \xff }"}', NOT_UTF8),
    "a surrogate in UTF-8": (b'{"query": "{ \xed\xa0\x80 }"}', NOT_UTF8),
    "a lone surrogate": (
        b'{"query": "{ \\ud800 }"}',
        "The body is not JSON: no low surrogate in string",
    ),
    "lists, 60,000 deep": (b"[" * 60_000, TOO_DEEP),
    "objects, 10,000 deep": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, TOO_DEEP),
    "a variable, 1,010 deep": (
        b'{"query": "query ($tenant: ID) { registrationPolicy(tenant: $tenant) { roles } }",'
        b' "variables": {"tenant": ' + b"[" * 1_010 + b"]" * 1_010 + b"}}",
        "Variable values are nested too deeply.",
    ),
    "a number for a name": (b'{"query": "{ a }", "operationName": 1}', NOT_A_STRING),
    "a list for a name": (b'{"query": "{ a }", "operationName": ["A"]}', NOT_A_STRING),
    "an object for a name": (b'{"query": "{ a }", "operationName": {}}', NOT_A_STRING),
    "a string for variables": (
        b'{"query": "{ a }", "variables": "{}"}',
        "variables must be an object",
    ),
    "a list for extensions": (
        b'{"query": "{ a }", "extensions": []}',
        "extensions must be an object",
    ),
}

NOT_AN_OPERATION: dict[str, tuple[dict[str, Any], str]] = {
    "a name of nothing": ({"query": "query A { __typename }", "operationName": "B"}, NO_OPERATION),
    "no name for one of two": (
        {"query": "query A { __typename } query B { __typename }"},
        NO_OPERATION,
    ),
    "two of the same name": (
        {"query": "query A { __typename } query A { __typename }", "operationName": "A"},
        "There can be only one operation named 'A'.",
    ),
    "a subscription": (
        {"query": "subscription { __typename }"},
        "Anonymous Subscription must not select an introspection top level field.",
    ),
    "a subscription without a stream": (
        {"query": 'subscription { verificationChanged(id: "x") }'},
        "Subscriptions need a streaming transport.",
    ),
    "a surrogate as an escape": (
        {"query": '{ registrationPolicy(tenant: "\\ud800") { roles } }'},
        "Syntax Error: Invalid Unicode escape sequence: '\\ud800'.",
    ),
    "a literal that nests too deep": (
        {"query": "{ registrationPolicy(tenant: " + "[" * 390},
        "Syntax Error: Document is nested too deeply. Parsing aborted.",
    ),
}

NOT_A_URL = {
    "no query": ("", "query must be a string that holds a GraphQL document"),
    "a surrogate for a query": (
        "query=%ED%A0%80",
        "Syntax Error: Unexpected character: U+FFFD.",
    ),
    "a surrogate for a name": ("query={__typename}&operationName=%ED%A0%80", NO_OPERATION),
    "a surrogate for variables": ("query={__typename}&variables=%ED%A0%80", NOT_JSON_VARIABLES),
    "a surrogate in variables": (
        'query={__typename}&variables={"a":"\\ud800"}',
        NOT_JSON_VARIABLES,
    ),
    "lists for variables": (
        "query={__typename}&variables=" + "[" * 20_000,
        NOT_JSON_VARIABLES,
    ),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One server for the whole file: what it refuses leaves nothing behind."""
    folder: Path = tmp_path_factory.mktemp("data")
    with running(Clock(), DATABASE_URL=f"sqlite://{folder}/db", DATA_DIR=str(folder)) as service:
        yield service


def post(service: Service, body: bytes) -> httpx.Response:
    headers = {"content-type": "application/json", "accept": MEDIA_TYPE}
    return service.http.post("/graphql", content=body, headers=headers)


def refused(answer: httpx.Response) -> tuple[int, str, list[str]]:
    """Status, media type and messages of an answer that holds nothing but errors."""
    body = answer.json()
    assert list(body) == ["errors"]
    media_type = answer.headers["content-type"]
    return answer.status_code, media_type, [error["message"] for error in body["errors"]]


@pytest.mark.parametrize(("body", "message"), NOT_A_REQUEST.values(), ids=NOT_A_REQUEST)
def test_a_body_that_is_no_request_is_refused(service: Service, body: bytes, message: str):
    answer = post(service, body)

    assert refused(answer) == (400, f"{MEDIA_TYPE}; charset=utf-8", [message])


def test_a_body_that_nests_100_000_deep_is_too_large(service: Service):
    answer = post(service, b"[" * 100_000)

    media_type = f"{MEDIA_TYPE}; charset=utf-8"
    assert refused(answer) == (413, media_type, ["The body must be at most 65536 bytes"])


@pytest.mark.parametrize(("asked", "message"), NOT_AN_OPERATION.values(), ids=NOT_AN_OPERATION)
def test_an_operation_that_cannot_be_executed_is_a_request_error(
    service: Service, asked: dict[str, Any], message: str
):
    answer = post(service, json.dumps(asked).encode())

    assert refused(answer) == (400, f"{MEDIA_TYPE}; charset=utf-8", [message])


@pytest.mark.parametrize(("query", "message"), NOT_A_URL.values(), ids=NOT_A_URL)
def test_a_url_that_is_no_request_is_refused(service: Service, query: str, message: str):
    headers = {"accept": MEDIA_TYPE}

    answer = service.http.get(f"/graphql?{query}", headers=headers)

    assert refused(answer) == (400, f"{MEDIA_TYPE}; charset=utf-8", [message])


def test_a_content_type_that_is_no_text_is_refused(service: Service):
    content_type = b"application/json; charset=\xed\xa0\x80"

    answer = service.http.post("/graphql", content=b"{}", headers={"content-type": content_type})

    assert refused(answer) == (
        415,
        "application/json; charset=utf-8",
        ["Send the request as application/json in UTF-8"],
    )


def test_null_in_a_variable_for_an_argument_with_a_default_is_told_and_is_no_incident(
    service: Service, caplog: pytest.LogCaptureFixture
):
    given = 'email: "ada@example.com", password: "x", transport: $cookie'
    query = f"mutation ($cookie: LoginTransport) {{ login(input: {{{given}}}) {{ __typename }} }}"

    [error] = service.execute(query, {"cookie": None})["errors"]

    assert error["message"] == (
        "Argument 'input' has invalid value at .transport: Expected variable '$cookie' provided to "
        "non-null type 'LoginTransport!' not to be None."
    )
    assert error["path"] == ["login"]
    assert [record for record in caplog.records if "incident" in record.message] == []
