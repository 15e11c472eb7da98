"""The protocol `graphql-transport-ws`, message by message."""

from itertools import count

import pytest
from harness.costly_documents import USED_UP
from harness.polling import eventually
from harness.service import Service, running
from harness.websocket_client import CHANGED, ask, connected, hear, say

# How a message is read does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


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


@pytest.mark.slow
def test_a_client_with_ever_new_documents_is_told_to_wait(service: Service):
    numbers = count()

    def refused() -> bool:
        # Among the most costly that pass the limits: a cheap one wins back what it costs.
        ask(socket, f"query N{next(numbers)} {{ {'viewer { id } ' * 97} viewr }}")
        return hear(socket)["payload"] == [{"message": USED_UP}]

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
