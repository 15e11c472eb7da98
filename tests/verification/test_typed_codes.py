"""A code may be typed with spaces and dashes, and what cannot be one costs no attempt."""

import pytest
from harness.codes import invalid, wrong
from harness.service import Service

ADDRESS = "ada@example.com"

MALFORMED = {
    "__typename": "InvalidOtpFormatError",
    "field": "otp",
    "message": "The code has 6 digits.",
    "digits": 6,
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # a database sees no code
@pytest.mark.parametrize("typed", ["{0} {1}", "{0}-{1}", "  {0} – {1}\n", "{0}\u00a0{1}\u200b"])
def test_spaces_and_dashes_in_a_code_are_ignored(service: Service, code: str, typed: str):
    answer = service.verify(typed.format(code[:3], code[3:]))

    assert answer["__typename"] == "VerifyEmailSuccess"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # a database sees no code
@pytest.mark.parametrize(
    "typed",
    ["", " ", "12", "{0}0", "0{0}", "abcdef", "{0}" * 2, "{0}\0", "9" * 10_000],
    ids=[
        "empty",
        "blank",
        "short",
        "longer",
        "zero before",
        "letters",
        "twice",
        "NUL",
        "very long",
    ],
)
@pytest.mark.parametrize("address", [ADDRESS, "nobody@example.com"])
def test_what_cannot_be_a_code_is_reported_and_costs_no_attempt(
    service: Service, code: str, typed: str, address: str
):
    assert service.verify(typed.format(code), address) == {
        "__typename": "InvalidInputError",
        "message": "Some fields need your attention.",
        "errors": [MALFORMED],
    }
    assert service.verify(wrong(code), address) == invalid(4)


def test_a_wrong_address_and_a_wrong_code_are_reported_together(service: Service):
    errors = service.verify("12345", "ada")["errors"]

    assert [error["field"] for error in errors] == ["email", "otp"]


def test_an_address_that_is_none_is_reported_and_costs_no_attempt(service: Service, code: str):
    answer = service.verify(code, email="ada")

    assert answer == {
        "__typename": "InvalidInputError",
        "message": "Some fields need your attention.",
        "errors": [
            {
                "__typename": "InvalidEmailError",
                "suggestion": None,
                "field": "email",
                "message": "An email address must have an @-sign.",
            }
        ],
    }
    assert service.verify(wrong(code)) == invalid(4)
