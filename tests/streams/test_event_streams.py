"""Answers as server-sent events, byte for byte, and who gets them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from harness.event_streams import EVENTS, event, single
from harness.polling import eventually
from harness.postbox import Postbox
from harness.service import Service

# How a request is read does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

QUERY = {"query": "{ __typename }"}
ANSWER = '{"data":{"__typename":"Query"}}'
CHANGED = "subscription ($id: ID!) { verificationChanged(id: $id) }"


def test_a_query_from_whoever_takes_only_events_is_a_stream_of_one(service: Service):
    answers = [
        service.http.post("/graphql", json=QUERY, headers=EVENTS),
        service.http.get("/graphql", params=QUERY, headers=EVENTS),
    ]

    for answer in answers:
        assert (answer.status_code, answer.text) == (200, single(ANSWER))
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-accel-buffering"] == "no"
        assert answer.headers["vary"] == "accept"


@pytest.mark.parametrize(
    "accept",
    [
        # What urql sends with every query and mutation.
        (
            "application/graphql-response+json, application/graphql+json, application/json, "
            "text/event-stream, multipart/mixed"
        ),
        "text/event-stream, application/json;q=0.1",
        "text/event-stream, */*;q=0.1",
        "text/event-stream, application/*",
    ],
)
def test_whoever_takes_json_as_well_gets_json(service: Service, accept: str):
    query = service.http.post("/graphql", json=QUERY, headers={"accept": accept})
    subscription = service.http.post(
        "/graphql", json={"query": CHANGED, "variables": {"id": "x"}}, headers={"accept": accept}
    )

    assert query.text == ANSWER
    assert "json" in query.headers["content-type"]
    assert subscription.json() == {
        "errors": [{"message": "Subscriptions need a streaming transport."}]
    }


@pytest.mark.parametrize(
    "accept",
    [
        "Text/Event-Stream",
        "text/event-stream;charset=utf-8",
        "text/event-stream, multipart/mixed",  # what urql sends with a subscription
        "text/*",
        "text/event-stream, application/json;q=0",
    ],
)
def test_whoever_takes_nothing_else_that_there_is_gets_events(service: Service, accept: str):
    answer = service.http.post("/graphql", json=QUERY, headers={"accept": accept})

    assert answer.text == single(ANSWER)


@pytest.mark.parametrize("accept", ["text/event-stream;q=0", "multipart/mixed"])
def test_whoever_takes_no_events_gets_none(service: Service, accept: str):
    assert service.http.post("/graphql", json=QUERY, headers={"accept": accept}).status_code == 406


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (
            {"query": "{ __typename"},
            (
                '{"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.",'
                '"locations":[{"line":1,"column":13}]}]}'
            ),
        ),
        (
            {"query": "query A { __typename } query B { __typename }"},
            '{"errors":[{"message":"operationName must name one of the document\'s operations."}]}',
        ),
        (
            {"query": CHANGED, "variables": {"id": ["hunter2"]}},
            (
                '{"errors":[{"message":"Variable \'$id\' has invalid value: '
                'ID cannot represent value","locations":[{"line":1,"column":15}]}]}'
            ),
        ),
    ],
)
def test_a_request_that_cannot_be_executed_is_told_why_without_its_values(
    service: Service, body: dict[str, object], data: str
):
    answer = service.http.post("/graphql", json=body, headers=EVENTS)

    assert (answer.status_code, answer.text) == (200, single(data))


def test_what_is_no_request_is_refused_before_a_stream_begins(service: Service):
    refused = [
        service.http.post("/graphql", json={}, headers=EVENTS),
        service.http.post("/graphql", content="query=x", headers=EVENTS),
        service.http.put("/graphql", json=QUERY, headers=EVENTS),
        service.http.get(
            "/graphql", params={"query": "mutation { logout { __typename } }"}, headers=EVENTS
        ),
    ]

    assert [answer.status_code for answer in refused] == [400, 415, 405, 405]
    assert {answer.headers["content-type"] for answer in refused} == {
        "application/json; charset=utf-8"
    }


def test_a_mutation_by_post_is_answered_as_a_stream_of_one(service: Service):
    answer = service.http.post(
        "/graphql", json={"query": "mutation { logout { __typename } }"}, headers=EVENTS
    )

    assert answer.text == single('{"data":{"logout":{"__typename":"UnauthenticatedError"}}}')


@contextmanager
def listening(service: Service, handle: str) -> Iterator[list[str]]:
    """The text of a stream by GET, as a browser's EventSource asks for it, as it comes."""
    chunks: list[str] = []
    parameters = {"query": CHANGED, "variables": f'{{"id": "{handle}"}}'}

    def read() -> None:
        request = {"params": parameters, "headers": EVENTS, "timeout": 60}
        with httpx.stream("GET", f"{service.url}/graphql", **request) as answer:
            for chunk in answer.iter_text():
                chunks.append(chunk)  # noqa: PERF402 - each as it comes

    thread = threading.Thread(target=read)
    thread.start()
    yield chunks
    thread.join()


@pytest.mark.slow
def test_a_silent_stream_shows_that_it_is_there(service: Service, postbox: Postbox):
    handle = service.register()["verification"]["id"]
    with listening(service, handle) as chunks:
        eventually(lambda: ": still here\n\n" in "".join(chunks), "a comment", patience=30)
        service.verify(postbox.code("ada@example.com"))

    assert "".join(chunks) == (
        event("next", '{"data":{"verificationChanged":"PENDING"}}')
        + ": still here\n\n"
        + event("next", '{"data":{"verificationChanged":"VERIFIED"}}')
        + event("complete", "")
    )
