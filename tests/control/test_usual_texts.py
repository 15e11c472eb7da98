"""The texts of chosen answers, where a test does not give them: those of the server."""

from typing import Any

import pytest
from harness.controlled_server import ControlledServer
from harness.every_mutation import SCHEMA, document, variables

FIELDS = {
    "InvalidNameError": "name",
    "PasswordTooShortError": "password",
    "PasswordTooLongError": "password",
    "PasswordTooCommonError": "password",
    "PasswordBreachedError": "password",
    "PasswordRequiredError": "password",
    "PasswordNotExpectedError": "password",
    "RoleRequiredError": "role",
    "RoleNotAllowedError": "role",
    "TenantNotFoundError": "tenant",
    "InvalidOtpFormatError": "otp",
    "InvalidAudienceError": "audience",
    "InvalidTokenFormatError": "token",
    "InvalidIdFormatError": "id",
    "ReturnToNotAllowedError": "returnTo",
    "InvalidProfileValueError": "profile",
    "TransportNotAllowedError": "transport",
    "InvalidEmailError": "email",
}


def field_errors(server: ControlledServer, mutation: str, *kinds: str, language: str = "en") -> Any:
    errors = [{"__typename": kind} for kind in kinds]
    answer = {"__typename": "InvalidInputError", "errors": errors}
    server.done("fail", {"mutation": mutation, "answer": answer})
    body = {"query": document(mutation), "variables": variables(mutation)}
    told = server.http.post("/graphql", json=body, headers={"accept-language": language}).json()
    return told["data"][mutation]["errors"]


def test_an_error_of_a_field_has_the_field_and_the_message_of_the_server(server: ControlledServer):
    english = field_errors(server, "register", *FIELDS)
    german = field_errors(server, "register", *FIELDS, language="de")

    assert {error["__typename"]: error["field"] for error in english} == FIELDS
    untold = [a for a, b in zip(english, german, strict=True) if a["message"] == b["message"]]
    assert untold == []
    assert "Done." not in [error["message"] for error in english]
    assert {error["__typename"] for error in english} == {
        each.name for each in SCHEMA.get_possible_types(SCHEMA.type_map["FieldError"])
    }


def test_the_message_of_an_error_tells_the_chosen_numbers(server: ControlledServer):
    short = {"__typename": "PasswordTooShortError", "minLength": 12}
    answer = {"__typename": "InvalidInputError", "errors": [short]}
    server.done("fail", {"mutation": "register", "answer": answer})

    told = server.execute(document("register"), variables("register"))["data"]["register"]

    assert told["errors"][0]["message"] == "Password must be at least 12 characters."


@pytest.mark.parametrize(
    ("mutation", "kind", "field"),
    [
        ("resetPassword", "PasswordTooShortError", "newPassword"),
        ("changePassword", "PasswordTooCommonError", "newPassword"),
        ("requestEmailChange", "InvalidEmailError", "newEmail"),
        ("continueLogin", "InvalidTokenFormatError", "continuation"),
    ],
)
def test_an_error_of_a_field_names_the_field_of_its_mutation(
    server: ControlledServer, mutation: str, kind: str, field: str
):
    assert [error["field"] for error in field_errors(server, mutation, kind)] == [field]


@pytest.mark.parametrize(
    ("mutation", "answer", "message"),
    [
        (
            "register",
            {"__typename": "RegisterSuccess"},
            "Registration successful. A verification code has been sent to your email address.",
        ),
        (
            "register",
            {"__typename": "RegisterSuccess", "verification": {"methods": ["LINK"]}},
            "Registration successful. A verification link has been sent to your email address.",
        ),
        (
            "requestEmailChange",
            {"__typename": "EmailChangeRequested"},
            "Confirm the new address with the email that is on its way to it.",
        ),
        (
            "confirmEmailChange",
            {"__typename": "EmailChangeHalfConfirmed", "missing": "NEW"},
            "You have agreed. Now confirm the new address with the email that we sent to it.",
        ),
        (
            "confirmEmailChange",
            {"__typename": "EmailChangeHalfConfirmed"},
            "The new address is confirmed. Now agree with the email that we sent to the old one.",
        ),
    ],
)
def test_a_success_has_the_message_of_the_server(
    server: ControlledServer, mutation: str, answer: dict[str, Any], message: str
):
    server.done("fail", {"mutation": mutation, "answer": answer})

    told = server.execute(document(mutation), variables(mutation))["data"][mutation]

    assert told["message"] == message
