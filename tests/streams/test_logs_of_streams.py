"""The lines of what goes on for longer: server-sent events and WebSockets."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from harness.log_lines import line_of, lines
from harness.postbox import Postbox
from harness.processes import Server, serving
from harness.websocket_client import ask, connected, hear, opened
from websockets.exceptions import InvalidStatus

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

WAITING = "subscription Waiting($id: ID!) { verificationChanged(id: $id) }"


@contextmanager
def streamed(server: Server, request_id: str, handle: str) -> Iterator[Iterator[str]]:
    """What comes of a subscription, as it comes, by server-sent events."""
    body = {"query": WAITING, "variables": {"id": handle}}
    headers = {"accept": "text/event-stream", "x-request-id": request_id}
    with server.http.stream("POST", "/graphql", json=body, headers=headers) as answer:
        yield answer.iter_text()


def test_a_stream_is_one_line_with_its_operation_and_what_came_of_it(
    settings: dict[str, str], postbox: Postbox
):
    with serving(**settings) as server:
        handle = server.register()["verification"]["id"]
        with streamed(server, "left", handle) as told:
            next(told)
        with streamed(server, "whole", handle) as told:
            next(told)
            server.verify(postbox.code("ada@example.com"))
            assert "VERIFIED" in "".join(told)
        with streamed(server, "wrong", "nobody") as told:
            assert "NOT_FOUND" in "".join(told)
        written = [line_of(server, each) for each in ("left", "whole", "wrong")]

    assert [line["operation"] for line in written] == ["Waiting"] * 3
    assert [line["outcome"] for line in written] == ["left", "ok", "errors"]
    assert [line["status"] for line in written] == [200] * 3


def test_a_stream_that_the_end_of_the_server_cuts_says_so(settings: dict[str, str]):
    with serving(**settings) as server:
        handle = server.register()["verification"]["id"]
        with streamed(server, "cut", handle) as told:
            next(told)
            server.stop()

            assert "complete" not in "".join(told)
        line = line_of(server, "cut")

    assert (line["operation"], line["outcome"]) == ("Waiting", "cut")


def test_each_operation_over_a_websocket_is_a_line_and_the_connection_another(
    settings: dict[str, str],
):
    named = {"x-request-id": "socket"}
    asked = {
        "query Policy { registrationPolicy { passwordMinLength } }": {},
        "{ nothing }": {},
        "mutation { logout { __typename } }": {},
        WAITING: {"id": "nobody"},
    }
    with serving(**settings) as server:
        with connected(server, additional_headers=named) as socket:
            assert socket.response is not None
            returned = socket.response.headers["x-request-id"]
            for query, variables in asked.items():
                ask(socket, query, variables=variables)
                while hear(socket)["type"] == "next":
                    pass
        connection = line_of(server, "socket")
        operations = [line for line in lines(server) if line["event"] == "operation"]

    assert returned == "socket"
    assert (connection["path"], connection["status"]) == ("/graphql", 101)
    assert {line["request_id"] for line in operations} == {"socket"}
    assert [(line.get("operation"), line["outcome"]) for line in operations] == [
        ("Policy", "ok"),
        (None, "rejected"),
        (None, "rejected"),
        ("Waiting", "errors"),
    ]
    assert 0 < sum(line["duration_ms"] for line in operations) <= connection["duration_ms"]


def test_no_line_about_a_websocket_has_its_query_or_who_opened_it(settings: dict[str, str]):
    with serving(**settings, LOG_LEVEL="debug") as server:
        with connected(server, query="?token=hunter2", additional_headers={"x-request-id": "in"}):
            pass
        with (
            pytest.raises(InvalidStatus) as refused,
            opened(server, query="?token=hunter2", origin="https://elsewhere.example"),
        ):
            pass
        refusal = line_of(server, refused.value.response.headers["x-request-id"])
        line_of(server, "in")
        both = {"in", refusal["request_id"]}
        about = [line["event"] for line in lines(server) if line.get("request_id") in both]
        output = server.output()

    assert (refusal["path"], refusal["status"]) == ("/graphql", 403)
    refused_origin = (
        "pages of this origin may not use the API; if they should, add it to "
        "CONNECTX_CORS_ORIGINS: https://elsewhere.example"
    )
    assert sorted(about) == [refused_origin, "request", "request"]
    assert "hunter2" not in output
