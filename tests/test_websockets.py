"""The protocol `graphql-transport-ws`, message by message, and who may speak it."""

import json

import httpx
import pytest
from postbox import eventually
from service import Service, running
from sockets import ask, connected, hear, opened, say
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

# How a message is read does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CHANGED = "subscription ($id: ID!) { verificationChanged(id: $id) }"
APP = "https://app.example.com"


def closed(socket: ClientConnection) -> tuple[int, str]:
    """How the server ends the connection."""
    with pytest.raises(ConnectionClosed) as ended:
        socket.recv(timeout=15)
    assert ended.value.rcvd is not None
    return ended.value.rcvd.code, ended.value.rcvd.reason


def test_a_query_is_answered_once(service: Service):
    with connected(service) as socket:
        ask(socket, "{ registrationPolicy { passwordMinLength } }")

        answers = [hear(socket), hear(socket)]

    data = {"registrationPolicy": {"passwordMinLength": 8}}
    assert answers == [
        {"id": "1", "type": "next", "payload": {"data": data}},
        {"id": "1", "type": "complete"},
    ]


def test_a_mutation_is_sent_by_post(service: Service):
    with connected(service) as socket:
        ask(socket, "mutation { logout { __typename } }")

        answer = hear(socket)

    error = {"message": "Send mutations by POST"}
    assert answer == {"id": "1", "type": "error", "payload": [error]}


def test_what_cannot_be_executed_is_an_error_without_its_values(service: Service):
    with connected(service) as socket:
        answers = []
        for query in ("{ nothing }", CHANGED, "query A { __typename } query B { __typename }"):
            ask(socket, query, variables={"id": ["hunter2"]})
            answers.append(hear(socket))

    assert [(answer["id"], answer["type"]) for answer in answers] == [("1", "error")] * 3
    assert [answer["payload"][0]["message"] for answer in answers] == [
        "Cannot query field 'nothing' on type 'Query'.",
        "Variable '$id' has invalid value: ID cannot represent value",
        "operationName must name one of the document's operations.",
    ]


def test_limits_on_documents_hold_here_as_well(service: Service):
    with connected(service) as socket:
        aliases = " ".join(f"a{number}: __typename" for number in range(16))
        ask(socket, f"{{ {aliases} }}")

        answer = hear(socket)

    assert answer["payload"][0]["message"] == "More than 15 aliases."


def test_a_client_with_ever_new_documents_is_told_to_wait(service: Service):
    def refused() -> bool:
        nonlocal number
        number += 1
        fields = " ".join(f"f{number}_{field}" for field in range(100))
        ask(socket, f"{{ {fields} }}")
        return hear(socket)["payload"] == [{"message": "Too many new documents"}]

    number = 0
    with connected(service) as socket:
        eventually(refused, "a refusal", patience=60)


def test_pings_are_answered_with_what_they_bring(service: Service):
    with connected(service) as socket:
        say(socket, type="ping")
        say(socket, type="pong")
        say(socket, type="ping", payload={"sent": 1})

        assert [hear(socket), hear(socket)] == [
            {"type": "pong"},
            {"type": "pong", "payload": {"sent": 1}},
        ]


def test_an_id_is_free_again_after_its_operation(service: Service):
    handle = service.register()["verification"]["id"]
    with connected(service) as socket:
        for _ in range(2):
            ask(socket, CHANGED, variables={"id": handle})
            assert hear(socket)["payload"] == {"data": {"verificationChanged": "PENDING"}}
            say(socket, id="1", type="complete")
        say(socket, id="never begun", type="complete")
        ask(socket, "{ __typename }")

        assert hear(socket)["payload"] == {"data": {"__typename": "Query"}}


def test_a_connection_has_a_hundred_operations_at_most(settings: dict[str, str]):
    with running(**settings, SUBSCRIPTIONS_PER_CLIENT="1000") as service:
        handle = service.register()["verification"]["id"]
        with connected(service) as socket:
            for number in range(101):
                ask(socket, CHANGED, key=str(number), variables={"id": handle})
            answers = [hear(socket) for _ in range(101)]

    assert [answer for answer in answers if answer["type"] != "next"] == [
        {"id": "100", "type": "error", "payload": [{"message": "Too many operations at once"}]}
    ]


LONG = "é" * 100
NONSENSE = {
    "no JSON": ("{", 4400, "Messages must be JSON"),
    "no object": ("[]", 4400, "Messages must be JSON objects"),
    "bytes": (b"{}", 4400, "Messages must be text"),
    "no type": ("{}", 4400, "Messages must have one of the protocol's types"),
    "an unknown type": (
        '{"type": "start"}',
        4400,
        "Messages must have one of the protocol's types",
    ),
    "a type that is none": ('{"type": []}', 4400, "Messages must have one of the protocol's types"),
    "no id": ('{"type": "subscribe"}', 4400, "id must be a string that is not empty"),
    "an id that is none": (
        '{"type": "complete", "id": 1}',
        4400,
        "id must be a string that is not empty",
    ),
    "no query": (
        '{"type": "subscribe", "id": "1", "payload": {}}',
        4400,
        "query must be a string that holds a GraphQL document",
    ),
    "a payload that is none": (
        '{"type": "subscribe", "id": "1", "payload": "x"}',
        4400,
        "payload must be an object",
    ),
    "too much": (f'"{"x" * 70_000}"', 1009, "Messages must have at most 65536 bytes"),
    "a second beginning": (
        '{"type": "connection_init"}',
        4429,
        "Too many initialisation requests",
    ),
}


@pytest.mark.parametrize(("sent", "code", "reason"), NONSENSE.values(), ids=NONSENSE)
def test_what_is_no_message_ends_the_connection(
    service: Service, sent: str | bytes, code: int, reason: str
):
    with connected(service) as socket:
        socket.send(sent)

        assert closed(socket) == (code, reason)


def test_an_id_that_is_in_use_ends_the_connection(service: Service):
    handle = service.register()["verification"]["id"]
    with connected(service) as socket:
        ask(socket, CHANGED, key=LONG, variables={"id": handle})
        hear(socket)
        ask(socket, CHANGED, key=LONG, variables={"id": handle})

        code, reason = closed(socket)

    assert code == 4409
    assert reason.startswith("Subscriber for éé")


def test_nothing_is_executed_before_the_beginning(service: Service):
    with opened(service) as socket:
        ask(socket, "{ __typename }")

        assert closed(socket) == (4401, "Unauthorized")


def test_a_connection_that_does_not_begin_is_ended(service: Service):
    with opened(service) as socket:
        assert closed(socket) == (4408, "Connection initialisation timeout")


@pytest.mark.parametrize("protocols", [None, ["graphql-ws"]])
def test_another_protocol_is_not_spoken(service: Service, protocols: list[str] | None):
    with opened(service, subprotocols=protocols) as socket:
        assert closed(socket) == (4406, "Subprotocol not acceptable")


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        f"{APP}.evil.example",
        "http://app.example.com",
        "http://[",
        "",
    ],
)
def test_a_page_of_another_site_is_refused(settings: dict[str, str], origin: str):
    with (
        running(**settings, CORS_ORIGINS=APP) as service,
        pytest.raises(InvalidStatus) as refused,
        connected(service, origin=origin),
    ):
        pass

    response = refused.value.response
    assert (response.status_code, json.loads(response.body)) == (
        403,
        {"errors": [{"message": "WebSockets are not open to pages of this origin"}]},
    )


def test_a_page_of_this_server_and_of_a_named_origin_is_admitted(settings: dict[str, str]):
    public = "https://shop.example"
    with running(**settings, CORS_ORIGINS=APP, PUBLIC_URL=f"{public}/accounts") as service:
        for origin in (APP, public, service.url, None):
            with connected(service, origin=origin) as socket:
                ask(socket, "{ __typename }")
                assert hear(socket)["type"] == "next"


def test_a_client_has_as_many_connections_as_subscriptions(settings: dict[str, str]):
    with running(**settings, SUBSCRIPTIONS_PER_CLIENT="1") as service:
        with connected(service):
            with pytest.raises(InvalidStatus) as refused, connected(service):
                pass
            answer = httpx.post(f"{service.url}/graphql", json={"query": "{ __typename }"})

        def admitted() -> bool:
            try:
                with connected(service):
                    return True
            except InvalidStatus:
                return False

        eventually(admitted, "a place")

    response = refused.value.response
    assert (response.status_code, json.loads(response.body)) == (
        429,
        {"errors": [{"message": "Too many connections are open"}]},
    )
    assert answer.status_code == 200
