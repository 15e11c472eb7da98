"""Addresses whose domain looks like a slip of a well-known one."""

from pathlib import Path

import pytest
from harness.policies import CONCEALING, policy_file
from harness.service import Clock, Service, running

# The rules look at the input alone, whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SLIPS = {
    "ada@gmial.com": "ada@gmail.com",
    "ada@gmail.con": "ada@gmail.com",
    "ada@gmail.co": "ada@gmail.com",
    "ada@gmaill.com": "ada@gmail.com",
    "ada@googlemai.com": "ada@googlemail.com",
    "Ada+Shop@Hotmial.DE": "ada+shop@hotmail.de",
    "ada@yaho.co.uk": "ada@yahoo.co.uk",
    "ada@tonline.de": "ada@t-online.de",
    "ada@oange.fr": "ada@orange.fr",
}
MALFORMED = {
    "ada@gmail": "ada@gmail.com",
    "ada@gmail,com": "ada@gmail.com",
    "ada@gmailcom": "ada@gmail.com",
    "ada@gmail..com": "ada@gmail.com",
    "ada @outlook.com": "ada@outlook.com",
    "ada@orange": "ada@orange.fr",
}
NO_SLIPS = [
    "ada@gmail.com",
    "ada@yahoo.co.uk",
    "ada@hotmail.se",  # other countries, one letter from a well-known domain
    "ada@hotmail.be",
    "ada@mail.com",  # one letter from gmail.com, and well-known itself
    "ada@photon.me",
    "ada@gmx.de",
    "ada@mail.gmail.example.com",
]


def typed(service: Service, email: str) -> tuple[str, str | None]:
    answer = service.run("register", input={"email": email, "name": "Ada", "password": "x" * 12})
    if answer["__typename"] != "InvalidInputError":
        return answer["__typename"], answer["didYouMean"]
    [error] = answer["errors"]
    return error["__typename"], error["suggestion"]


def test_a_registration_with_a_slip_in_the_domain_tells_what_it_may_be(service: Service):
    assert {email: typed(service, email) for email in SLIPS} == {
        email: ("RegisterSuccess", meant) for email, meant in SLIPS.items()
    }


def test_a_malformed_address_with_a_slip_has_a_suggestion(service: Service):
    assert {email: typed(service, email) for email in MALFORMED} == {
        email: ("InvalidEmailError", meant) for email, meant in MALFORMED.items()
    }
    for operation, given in {
        "login": {"password": "x"},
        "request_password_reset": {},
        "resend_verification": {},
        "verify_email": {"otp": "123456"},
    }.items():
        answer = service.run(operation, input={"email": "ada@gmail", **given})
        [error] = answer["errors"]
        assert error["suggestion"] == "ada@gmail.com"


@pytest.mark.parametrize("email", NO_SLIPS)
def test_an_address_at_another_domain_is_no_slip(service: Service, email: str):
    assert typed(service, email) == ("RegisterSuccess", None)


@pytest.mark.parametrize("email", ["ada", "", "@gmail.com", "ada@", "a..b@gmial.com", "x@" * 400])
def test_a_malformed_address_without_a_slip_has_no_suggestion(service: Service, email: str):
    assert typed(service, email) == ("InvalidEmailError", None)


def test_a_concealed_registration_tells_of_a_slip_whether_the_address_is_taken_or_not(
    settings: dict[str, str], clock: Clock, tmp_path: Path
):
    with running(clock, **settings, POLICY=policy_file(tmp_path, CONCEALING)) as service:
        answers = [typed(service, "ada@gmial.com")]
        clock.advance(minutes=1)  # the cooldown
        answers.append(typed(service, "ada@gmial.com"))

    assert answers == [("RegistrationPending", "ada@gmail.com")] * 2
