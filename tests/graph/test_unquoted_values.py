"""No error quotes a value: a password in the wrong place must not come back in a message.

(Whoever made the mistake has the value; whoever collects the errors of a client should not.)
"""

from collections.abc import Iterator
from typing import Any

import pytest
from harness.service import Clock, Service, running

SECRET = "hunter2"
CODE = "654321"
LOGIN = "mutation ($input: LoginInput!) { login(input: $input) { __typename } }"
VERIFY = "mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { __typename } }"
POLICY = "query ($tenant: ID) { registrationPolicy(tenant: $tenant) { roles } }"
INCLUDE = "query ($wanted: Boolean!) { viewer @include(if: $wanted) { id } }"

VARIABLES: dict[str, tuple[str, dict[str, Any]]] = {
    "a list for text": (LOGIN, {"input": {"email": "ada", "password": [SECRET]}}),
    "an object for text": (LOGIN, {"input": {"email": "ada", "password": {"is": SECRET}}}),
    "a number for text": (VERIFY, {"input": {"email": "ada", "otp": int(CODE)}}),
    "text for an input": (LOGIN, {"input": SECRET}),
    "a list for an input": (LOGIN, {"input": [SECRET]}),
    "a field too many": (LOGIN, {"input": {"email": "ada", "password": "x", "pasword": SECRET}}),
    "a field too few": (LOGIN, {"input": {"password": SECRET}}),
    "a list for an id": (POLICY, {"tenant": [SECRET]}),
    "an object for an id": (POLICY, {"tenant": {"id": SECRET}}),
    "text for a boolean": (INCLUDE, {"wanted": SECRET}),
    "a list for a boolean": (INCLUDE, {"wanted": [SECRET]}),
}

PLACES = {
    "a list for text": 'login(input: {email: "ada", password: ["hunter2"]})',
    "an object for text": 'login(input: {email: "ada", password: {is: "hunter2"}})',
    "a name for text": 'login(input: {email: "ada", password: hunter2})',
    "a number for text": 'verifyEmail(input: {email: "ada", otp: 654321})',
    "text for an input": 'login(input: "hunter2")',
    "a field too many": 'login(input: {email: "ada", password: "x", pasword: "hunter2"})',
    "a field too few": 'login(input: {password: "hunter2"})',
    "a field twice": 'login(input: {email: "ada", password: "hunter2", password: "hunter2"})',
    "no colon before text": 'login(input: {email: "ada", password "hunter2"})',
    "no colon before a block": 'login(input: {email: "ada", password """hunter2"""})',
    "no colon before a number": 'verifyEmail(input: {email: "ada", otp 654321})',
    "no name before text": 'login(input: {email: "ada", "hunter2"})',
    "no parenthesis before text": 'login "hunter2"',
    "text that does not end": 'login(input: {email: "ada", password: "hunter2})',
    "text with a bad escape": 'login(input: {email: "ada", password: "\\hunter2"})',
    "text behind a number": 'login(input: {email: "ada", password: 1 "hunter2"})',
    "text for a boolean": 'login(input: {email: "a", password: "b"}) @include(if: "hunter2")',
    "an object for a boolean": 'login(input: {email: "a"}) @skip(if: {password: "hunter2"})',
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("data")
    with running(Clock(), DATABASE_URL=f"sqlite://{folder}/db", DATA_DIR=str(folder)) as service:
        yield service


def told(service: Service, query: str, variables: dict[str, Any] | None = None) -> str:
    """The messages of a refusal."""
    answer = service.execute(query, variables)
    assert answer.keys() == {"errors"}
    return " ".join(error["message"] for error in answer["errors"])


@pytest.mark.parametrize(("query", "variables"), VARIABLES.values(), ids=VARIABLES)
def test_no_error_quotes_the_value_of_a_variable(
    service: Service, query: str, variables: dict[str, Any]
):
    message = told(service, query, variables)

    assert SECRET not in message
    assert CODE not in message


@pytest.mark.parametrize("field", PLACES.values(), ids=PLACES)
def test_no_error_quotes_a_value_in_the_document(service: Service, field: str):
    message = told(service, f"mutation {{ {field} {{ __typename }} }}")

    assert SECRET not in message
    assert CODE not in message


@pytest.mark.parametrize("value", [f'["{SECRET}"]', f'{{id: "{SECRET}"}}', SECRET])
def test_no_error_quotes_a_value_for_an_id(service: Service, value: str):
    assert SECRET not in told(service, f"{{ registrationPolicy(tenant: {value}) {{ roles }} }}")
