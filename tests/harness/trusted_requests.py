"""Asks for documents by their ids and by their texts, on every transport."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from harness.event_streams import EVENTS, single
from harness.paths import OPERATIONS
from harness.service import Service
from harness.websocket_client import connected, hear, say

POLICY = (OPERATIONS / "registration_policy.graphql").read_text()
STATUS = (OPERATIONS / "get_verification_status.graphql").read_text()
VIEWER = "query Viewer {\n  viewer {\n    id\n  }\n}"
ANSWER: dict[str, Any] = {"data": {"verificationStatus": None}}
UNKNOWN = {
    "message": "No document has this documentId.",
    "extensions": {"code": "PERSISTED_DOCUMENT_NOT_FOUND"},
}
APOLLO_UNKNOWN = {
    "message": "PersistedQueryNotFound",
    "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"},
}
REFUSED = {
    "message": "Only trusted documents are executed here.",
    "extensions": {"code": "PERSISTED_DOCUMENT_REQUIRED"},
}

Send = Callable[[Service, dict[str, Any]], Any]


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def by_id(text: str) -> dict[str, Any]:
    return {"documentId": f"sha256:{digest(text)}"}


def by_apollos_id(text: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest(text)}}}


def by_prefixed_id(text: str) -> dict[str, Any]:
    """Apollo's form with an id as GraphQL Code Generator writes it."""
    named = {"version": 1, "sha256Hash": f"sha256:{digest(text)}"}
    return {"extensions": {"persistedQuery": named}}


def parameters(asked: dict[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in asked.items()
    }


def post(service: Service, asked: dict[str, Any]) -> Any:
    return service.http.post("/graphql", json=asked).json()


def get(service: Service, asked: dict[str, Any]) -> Any:
    return service.http.get("/graphql", params=parameters(asked)).json()


def browse(service: Service, asked: dict[str, Any]) -> Any:
    headers = {"accept": "text/html,*/*;q=0.8"}
    return service.http.get("/graphql", params=parameters(asked), headers=headers).json()


def stream(service: Service, asked: dict[str, Any]) -> Any:
    answer = service.http.post("/graphql", json=asked, headers=EVENTS).text
    data = answer.splitlines()[1].removeprefix("data: ")
    assert answer == single(data)
    return json.loads(data)


def converse(service: Service, asked: dict[str, Any]) -> Any:
    with connected(service) as socket:
        say(socket, id="1", type="subscribe", payload=asked)
        told = hear(socket)
    return told["payload"] if told["type"] == "next" else {"errors": told["payload"]}


each_transport = pytest.mark.parametrize("ask", [post, get, browse, stream, converse])
each_form = pytest.mark.parametrize(
    ("form", "unknown"), [(by_id, UNKNOWN), (by_apollos_id, APOLLO_UNKNOWN)]
)
