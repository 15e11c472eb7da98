"""`fail` of the control API: the next answer of a mutation is a member of its union, as chosen."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_nullable_type
from harness.controlled_server import ControlledServer, controlled
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

OF_LOGOUT = "LogoutSuccess, UnauthenticatedError, RateLimitedError, UnavailableError, InternalError"
OF_RATE_LIMITED = "message, retryAfterSeconds"


@pytest.fixture(scope="module")
def running_server() -> Iterator[ControlledServer]:
    with controlled() as server:
        yield server


@pytest.fixture
def server(running_server: ControlledServer) -> ControlledServer:
    running_server.done("reset")
    return running_server


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


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "`mutation` takes the name of a mutation of the schema."),
        ({"mutation": "enroll"}, "`mutation` takes the name of a mutation of the schema."),
        ({"mutation": "register"}, '`answer` takes an object with "__typename" and fields.'),
        (
            {"mutation": "logout", "answer": {"__typename": "LoginSuccess"}},
            f"`logout` never answers 'LoginSuccess'. It answers one of {OF_LOGOUT}.",
        ),
        (
            {"mutation": "logout", "answer": {"__typename": "RateLimitedError", "after": 1}},
            f"answer: RateLimitedError has no field `after`. Its fields: {OF_RATE_LIMITED}.",
        ),
        (
            {
                "mutation": "logout",
                "answer": {"__typename": "RateLimitedError", "retryAfterSeconds": None},
            },
            "answer.retryAfterSeconds: Int! must not be null.",
        ),
        (
            {
                "mutation": "logout",
                "answer": {"__typename": "RateLimitedError", "retryAfterSeconds": "1"},
            },
            "answer.retryAfterSeconds: Int: Int cannot represent non-integer value: '1'.",
        ),
        (
            {
                "mutation": "verifyEmail",
                "answer": {"__typename": "VerifyEmailSuccess", "user": {"nextSteps": ["REST"]}},
            },
            "answer.user.nextSteps[0]: NextStep takes one of VERIFY_EMAIL, COMPLETE_PROFILE.",
        ),
        (
            {
                "mutation": "verifyEmail",
                "answer": {"__typename": "VerifyEmailSuccess", "user": {"createdAt": "today"}},
            },
            "answer.user.createdAt: DateTime: is not a moment after RFC 3339.",
        ),
        (
            {"mutation": "verifyEmail", "answer": {"__typename": "VerifyEmailSuccess", "user": 1}},
            "answer.user: User takes an object.",
        ),
        (
            {"mutation": "logout", "answer": {"__typename": "LogoutSuccess"}, "times": 0},
            "`times` takes a whole number from 1 to 10000.",
        ),
        (
            {"mutation": "logout", "answer": {"__typename": "LogoutSuccess"}, "time": 1},
            "There is no key `time`. Keys: answer, mutation, times.",
        ),
    ],
)
def test_what_does_not_fit_the_schema_is_refused_in_a_sentence(
    server: ControlledServer, asked: dict[str, Any], told: str
):
    assert server.refused("fail", asked) == told


@pytest.mark.parametrize("name", [[], {}, None, 1])
def test_a_type_that_is_no_text_is_refused(server: ControlledServer, name: object):
    errors = {"__typename": "InvalidInputError", "errors": [{"__typename": name}]}

    for answer in ({"__typename": name}, errors):
        assert server.refused("fail", {"mutation": "register", "answer": answer})


def test_an_error_without_its_type_is_refused(server: ControlledServer):
    answer = {"__typename": "InvalidInputError", "errors": [{"field": "email"}]}

    told = server.refused("fail", {"mutation": "register", "answer": answer})

    assert told.startswith("answer.errors[0].__typename: takes one of InvalidEmailError, ")
