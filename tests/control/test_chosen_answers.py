"""`fail` of the control API: the next answer of a mutation is a member of its union, as chosen."""

from typing import Any

from graphql import GraphQLObjectType, get_nullable_type
from harness.controlled_server import ControlledServer
from harness.event_streams import EVENTS
from harness.every_mutation import MUTATIONS, document, variables

MEMBERS: list[tuple[str, GraphQLObjectType]] = [
    (mutation, member)
    for mutation, field in MUTATIONS.items()
    for member in get_nullable_type(field.type).types
]

REGISTER = """
mutation Register($email: String!, $asked: Boolean!) {
  first: register(input: { name: "Ada", email: $email, password: "secure_password" })
  @include(if: $asked) {
    kind: __typename
    ... on UserError { text: message }
    ... on RegisterSuccess { user { ...Who } verification { methods } }
    ...Wait
    ... on InvalidInputError { errors { __typename field ...Short } }
  }
}
fragment Who on User { email isVerified tenant { name } sessions { client } }
fragment Short on PasswordTooShortError { minLength }
fragment Wait on UnavailableError { retryAfterSeconds }
"""


def register(server: ControlledServer, email: str = "ada@example.com", **headers: str) -> Any:
    body = {"query": REGISTER, "variables": {"email": email, "asked": True}}
    answer = server.http.post("/graphql", json=body, headers=headers).json()
    assert "errors" not in answer, answer
    return answer["data"]["first"]


def choose(server: ControlledServer, answer: dict[str, Any], **more: Any) -> None:
    server.done("fail", {"mutation": "register", "answer": answer, **more})


def test_every_mutation_answers_every_member_of_its_union(server: ControlledServer):
    wrong = []
    for mutation, member in MEMBERS:
        server.done("fail", {"mutation": mutation, "answer": {"__typename": member.name}})
        body = server.execute(document(mutation), variables(mutation))
        if "errors" in body or body["data"][mutation]["__typename"] != member.name:
            wrong.append((mutation, member.name, body))

    assert len(MEMBERS) > 150
    assert wrong == []


def test_a_chosen_answer_comes_once_and_then_the_server_answers_itself(server: ControlledServer):
    choose(server, {"__typename": "UnavailableError", "message": "Down.", "retryAfterSeconds": 3})

    assert register(server) == {
        "kind": "UnavailableError",
        "text": "Down.",
        "retryAfterSeconds": 3,
    }
    assert register(server)["kind"] == "RegisterSuccess"
    assert register(server)["kind"] == "EmailAlreadyExistsError"


def test_a_stream_of_events_has_a_chosen_answer_too(server: ControlledServer):
    choose(server, {"__typename": "InternalError"})

    body = {"query": REGISTER, "variables": {"email": "ada@example.com", "asked": True}}
    told = server.http.post("/graphql", json=body, headers=EVENTS)

    assert '"kind":"InternalError"' in told.text


def test_a_chosen_answer_may_come_several_times_and_others_after_it(server: ControlledServer):
    choose(server, {"__typename": "InternalError"}, times=2)
    choose(server, {"__typename": "RateLimitedError"})

    kinds = [register(server)["kind"] for _ in range(4)]

    assert kinds == ["InternalError", "InternalError", "RateLimitedError", "RegisterSuccess"]


def test_another_mutation_and_queries_are_answered_as_ever_meanwhile(server: ControlledServer):
    choose(server, {"__typename": "InternalError"})

    assert server.login()["__typename"] == "InvalidCredentialsError"
    assert server.policy()["roles"] == ["customer"]
    assert register(server)["kind"] == "InternalError"


def test_the_client_gets_what_it_selects_of_nested_objects_lists_and_interfaces(
    server: ControlledServer,
):
    user = {"email": "eve@example.com", "tenant": {"name": "Cabs"}, "sessions": [{"client": "X"}]}
    choose(server, {"__typename": "RegisterSuccess", "user": user})
    short = {"__typename": "PasswordTooShortError", "field": "password", "minLength": 9}
    choose(server, {"__typename": "InvalidInputError", "errors": [short]})

    assert register(server) == {
        "kind": "RegisterSuccess",
        "user": {
            "email": "eve@example.com",
            "isVerified": False,
            "tenant": {"name": "Cabs"},
            "sessions": [{"client": "X"}],
        },
        "verification": {"methods": ["OTP"]},
    }
    assert register(server) == {
        "kind": "InvalidInputError",
        "text": "Some fields need your attention.",
        "errors": [short],
    }


def test_a_message_that_was_not_chosen_is_in_the_language_of_the_client(server: ControlledServer):
    choose(server, {"__typename": "EmailAlreadyExistsError"})

    told = register(server, **{"accept-language": "de"})["text"]

    assert told == "Diese E-Mail-Adresse ist bereits registriert."


def test_a_field_that_is_left_out_of_a_document_does_not_use_an_answer_up(
    server: ControlledServer,
):
    choose(server, {"__typename": "InternalError"})

    left_out = server.execute(REGISTER, {"email": "ada@example.com", "asked": False})

    assert left_out == {"data": {}}
    assert register(server)["kind"] == "InternalError"
