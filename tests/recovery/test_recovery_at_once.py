"""Resets, logins and guesses at the same moment, on several workers."""

import pytest
from harness.codes import wrong
from harness.database import rows
from harness.parallel_requests import Ask, all_at_once, kinds
from harness.postbox import Postbox
from harness.processes import serving
from harness.recovery_steps import ADDRESS, ONE, ROUNDS, login_of, register_and_verify

pytestmark = pytest.mark.parametrize("database_url", ["postgres", "sqlite"], indirect=True)


def test_no_session_is_alive_after_a_reset_however_many_log_in_meanwhile(
    unlimited: dict[str, str], workers: list[str], postbox: Postbox, database_url: str
):
    with serving(*workers, **unlimited) as service:
        register_and_verify(service, postbox)
        password = ONE
        for number in range(ROUNDS):
            service.request_reset()
            code = postbox.reset_code(ADDRESS, count=2 + 2 * number)
            new = f"password_number_{number}"
            reset = Ask("reset_password", {"email": ADDRESS, "otp": code, "newPassword": new})

            answers = all_at_once(
                service, [login_of(password)] * 4 + [reset] + [login_of(password)] * 4
            )

            assert kinds(answers)["PasswordResetSuccess"] == 1
            assert rows(database_url, "SELECT id FROM sessions") == []
            postbox.newest(ADDRESS, count=3 + 2 * number)
            password = new


def test_of_two_resets_at_once_one_sets_the_password(
    unlimited: dict[str, str], workers: list[str], postbox: Postbox
):
    with serving(*workers, **unlimited) as service:
        register_and_verify(service, postbox)
        for number in range(ROUNDS):
            service.request_reset()
            code = postbox.reset_code(ADDRESS, count=2 + 2 * number)
            token = postbox.token(ADDRESS, count=2 + 2 * number)
            given = {"email": ADDRESS, "otp": code, "newPassword": "by_code_1"}
            by_code = Ask("reset_password", given)
            by_link = Ask("reset_password_by_link", {"token": token, "newPassword": "by_link_1"})

            answers = all_at_once(service, [by_code, by_link] * 3)

            assert kinds(answers)["PasswordResetSuccess"] == 1
            postbox.newest(ADDRESS, count=3 + 2 * number)
            logins = [service.login(password=each) for each in ("by_code_1", "by_link_1")]
            assert sorted("accessToken" in answer for answer in logins) == [False, True]


def test_of_200_guesses_over_all_purposes_five_of_each_code_are_evaluated(
    unlimited: dict[str, str], workers: list[str], postbox: Postbox
):
    with serving(*workers, **unlimited) as service:
        service.register()
        registration = postbox.code(ADDRESS)
        service.request_reset()
        reset = postbox.reset_code(ADDRESS, count=2)
        guesses = [
            Ask("verify_email", {"email": ADDRESS, "otp": wrong(registration)}),
            Ask("reset_password", {"email": ADDRESS, "otp": wrong(reset), "newPassword": "x" * 9}),
        ]

        answers = all_at_once(service, guesses * 100)

        assert kinds(answers) == {"InvalidOtpError": 5, "TooManyAttemptsError": 195}
        assert service.reset(reset)["__typename"] == "TooManyAttemptsError"
