"""`fail` of the control API refuses an answer that the schema does not have."""

from typing import Any

import pytest
from harness.controlled_server import ControlledServer

OF_LOGOUT = "LogoutSuccess, UnauthenticatedError, RateLimitedError, UnavailableError, InternalError"
OF_RATE_LIMITED = "message, retryAfterSeconds"


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
