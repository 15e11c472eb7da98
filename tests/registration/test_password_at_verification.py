"""A policy under which the password comes with the verification: who reads the mail sets it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from harness.audit_rows import actions
from harness.codes import wrong
from harness.operator_commands import Run
from harness.policies import password_at_verification
from harness.postbox import Postbox
from harness.service import Service

ADDRESS = "ada@example.com"
PASSWORD = "my_own_password"
POLICY = password_at_verification("OTP", "LINK")


pytestmark = pytest.mark.settings(POLICY=POLICY)


def verify(service: Service, otp: str, **more: Any) -> Any:
    return service.run("verify_email", input={"email": ADDRESS, "otp": otp, **more})


def by_link(service: Service, token: str, **more: Any) -> Any:
    return service.run("verify_email_by_link", input={"token": token, **more})


def problems(answer: Any) -> list[tuple[str, str]]:
    assert answer["__typename"] == "InvalidInputError"
    return [(error["__typename"], error["field"]) for error in answer["errors"]]


@pytest.fixture
def registered(service: Service) -> Any:
    return service.register(password=None)


def test_a_form_is_told_and_a_registration_takes_no_password_and_gives_no_continuation(
    service: Service, registered: Any
):
    assert service.policy()["passwordAt"] == "VERIFICATION"
    assert registered["__typename"] == "RegisterSuccess"
    assert registered["continuation"] is None
    early = service.register(email="eve@example.com")
    assert problems(early) == [("PasswordNotExpectedError", "password")]
    for password in ("!", "", PASSWORD):
        assert service.login(password=password)["__typename"] == "InvalidCredentialsError"


def test_the_code_verifies_once_it_comes_with_a_password_that_the_policy_accepts(
    service: Service, registered: Any, postbox: Postbox, database_url: str
):
    code = postbox.reset_code(ADDRESS)

    assert problems(verify(service, code)) == [("PasswordRequiredError", "password")]
    refused = verify(service, code, password="short")
    assert problems(refused) == [("PasswordTooShortError", "password")]
    assert verify(service, code, password=PASSWORD)["user"]["isVerified"]
    assert service.login(password=PASSWORD)["__typename"] == "LoginSuccess"
    assert actions(database_url) == ["registered", "verified", "logged_in"]


def test_the_same_request_may_be_sent_twice_and_another_password_is_refused(
    service: Service, registered: Any, postbox: Postbox
):
    code = postbox.reset_code(ADDRESS)
    verify(service, code, password=PASSWORD)

    other = verify(service, code, password="another_password")

    assert problems(other) == [("PasswordNotExpectedError", "password")]
    assert other["errors"][0]["message"] == (
        "This address is verified already. Log in with your password, or reset it."
    )
    assert verify(service, code, password=PASSWORD)["__typename"] == "VerifyEmailSuccess"
    assert verify(service, code)["__typename"] == "VerifyEmailSuccess"
    assert service.login(password=PASSWORD)["__typename"] == "LoginSuccess"
    assert service.login(password="another_password")["__typename"] == "InvalidCredentialsError"


def test_the_link_does_the_same(service: Service, registered: Any, postbox: Postbox):
    token = postbox.token(ADDRESS)

    assert problems(by_link(service, token)) == [("PasswordRequiredError", "password")]
    assert by_link(service, token, password=PASSWORD)["user"]["isVerified"]
    assert by_link(service, token, password=PASSWORD)["user"]["isVerified"]
    other = by_link(service, token, password="another_password")
    assert problems(other) == [("PasswordNotExpectedError", "password")]
    assert service.login(password=PASSWORD)["__typename"] == "LoginSuccess"


def test_wrong_codes_are_counted_and_then_the_right_one_tells_nothing(
    service: Service, registered: Any, postbox: Postbox
):
    code = postbox.reset_code(ADDRESS)
    remaining = [
        verify(service, wrong(code), password=PASSWORD)["attemptsRemaining"] for _ in range(5)
    ]

    assert remaining == [4, 3, 2, 1, 0]
    assert verify(service, code)["__typename"] == "TooManyAttemptsError"
    assert verify(service, code, password=PASSWORD)["__typename"] == "TooManyAttemptsError"


def test_of_two_passwords_at_once_the_one_that_is_set_gets_the_success(
    service: Service, registered: Any, postbox: Postbox
):
    code, token = postbox.reset_code(ADDRESS), postbox.token(ADDRESS)
    with ThreadPoolExecutor() as apart:
        first = apart.submit(verify, service, code, password="first_password")
        second = apart.submit(by_link, service, token, password="second_password")
    answers = [each.result()["__typename"] for each in (first, second)]
    logins = [service.login(password=f"{each}_password") for each in ("first", "second")]

    kinds = [login["__typename"] for login in logins]
    assert sorted(zip(answers, kinds, strict=True)) == [
        ("InvalidInputError", "InvalidCredentialsError"),
        ("VerifyEmailSuccess", "LoginSuccess"),
    ]


def test_whom_an_operator_has_verified_is_told_that_the_password_is_not_taken(
    service: Service, registered: Any, postbox: Postbox, connect: Run
):
    token = postbox.token(ADDRESS)
    connect("users", "verify", ADDRESS)

    refused = by_link(service, token, password=PASSWORD)

    assert problems(refused) == [("PasswordNotExpectedError", "password")]
    assert by_link(service, token)["__typename"] == "VerifyEmailSuccess"
    assert service.login(password=PASSWORD)["__typename"] == "InvalidCredentialsError"


def test_a_reset_brings_the_first_password_as_well(
    service: Service, registered: Any, postbox: Postbox
):
    service.request_reset()

    answer = service.reset(postbox.reset_code(ADDRESS, count=2), password=PASSWORD)

    assert answer["__typename"] == "PasswordResetSuccess"
    assert service.login(password=PASSWORD)["__typename"] == "LoginSuccess"


@pytest.mark.settings(POLICY=f"{POLICY}concealExistingAccounts = true\n")
def test_a_concealed_registration_takes_and_gives_as_little_for_a_taken_address(
    service: Service, postbox: Postbox
):
    answers = [service.register(password=None)]
    verify(service, postbox.reset_code(ADDRESS), password=PASSWORD)
    service.clock.advance(minutes=1)
    answers.append(service.register(password=None))

    assert [answer["__typename"] for answer in answers] == ["RegistrationPending"] * 2
    assert [answer["continuation"] for answer in answers] == [None, None]


@pytest.mark.settings(POLICY=None)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_elsewhere_a_registration_needs_its_password_and_a_verification_takes_none(
    service: Service, postbox: Postbox
):
    missing = service.register(password=None, name="")
    assert problems(missing) == [
        ("InvalidNameError", "name"),
        ("PasswordRequiredError", "password"),
    ]
    service.register()
    code = postbox.code(ADDRESS)
    unexpected = verify(service, code, password=PASSWORD)
    assert problems(unexpected) == [("PasswordNotExpectedError", "password")]
    assert verify(service, code)["__typename"] == "VerifyEmailSuccess"
