"""The variables of a planned operation are read as graphql-core reads them."""

from typing import Any

import pytest
from harness.plan_comparison import LOGIN, both, is_planned
from harness.processes import Server


@pytest.mark.parametrize(
    "variables",
    [
        {"input": {"email": "ada@example.com", "password": "wrong_password"}},
        {"input": {"email": "ada@example.com", "password": "wrong_password"}, "more": 1},
        {"input": {"email": "no address", "password": ""}},
        {"input": {"email": "ada@example.com"}},
        {"input": {"email": "ada@example.com", "password": None}},
        {"input": {"email": "ada@example.com", "password": 12345678}},
        {"input": {"email": "ada@example.com", "password": "x", "otp": "123456"}},
        *(
            {"input": {"email": "no address", "password": "", "transport": transport}}
            for transport in ("TOKEN", "COOKIE", "cookie", None, 1)
        ),
        {"input": ["ada@example.com"]},
        {"input": None},
        {},
        None,
    ],
    ids=str,
)
def test_variables_are_read_alike_whatever_they_are(server: Server, variables: Any):
    planned, twin = both(server, LOGIN, variables)

    assert is_planned(LOGIN)
    assert planned == twin


DEFAULTS = """
mutation Try($input: RegisterInput!, $transport: LoginTransport, $dry: Boolean) {
  register(input: $input, dryRun: $dry) { __typename }
  login(input: {email: "no address", password: "", transport: $transport}) { __typename }
}
"""


@pytest.mark.parametrize("given", [{}, {"transport": None}, {"dry": None}, {"dry": True}], ids=str)
def test_nullable_variables_of_what_has_a_default_are_read_alike(server: Server, given: Any):
    variables = {"input": {"email": "ada@example.com", "password": "x"}, **given}

    planned, twin = both(server, DEFAULTS, variables)

    assert is_planned(DEFAULTS)
    assert planned == twin
    assert ("errors" in planned[1]) == ("transport" in given)
