"""Test addresses get no mail, and have codes that are always the same: until their last day."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from harness.addresses_for_tests import ADA, LAST_DAY, ROBOT, SETTING, computed, printed
from harness.audit_rows import ENTRIES
from harness.codes import wrong
from harness.database import rows
from harness.postbox import Postbox
from harness.service import Clock, Service, running

from models import Purpose

pytestmark = pytest.mark.settings(TEST_ADDRESSES=SETTING)


def mails(url: str) -> set[tuple[str, str, bool]]:
    """What the outbox has: the letter, to whom, and whether it is one that is never sent."""
    found = rows(url, "SELECT letter, recipient, state FROM outgoing_mails")
    return {(mail["letter"], mail["recipient"], mail["state"] == "decoy") for mail in found}


def kind(answer: Any) -> str:
    return answer["__typename"]


def test_a_test_address_is_verified_and_reset_by_the_commands_codes_without_a_mail(
    service: Service, settings: dict[str, str], postbox: Postbox, database_url: str
):
    otp = printed(ROBOT, settings=settings)
    service.register(email=ROBOT)
    assert service.verify(wrong(otp), ROBOT)["attemptsRemaining"] == 4
    assert kind(service.verify(otp, ROBOT)) == "VerifyEmailSuccess"
    assert kind(service.login(ROBOT)) == "LoginSuccess"

    assert kind(service.request_reset(ROBOT)) == "PasswordResetRequested"
    assert kind(service.reset(otp, ROBOT)) == "InvalidOtpError"
    assert ("password_reset", "", True) in mails(database_url)
    for_a_reset = computed(ROBOT, settings, Purpose.PASSWORD_RESET)
    assert kind(service.reset(for_a_reset, ROBOT)) == "PasswordResetSuccess"
    assert kind(service.reset(for_a_reset, ROBOT)) == "InvalidOtpError"
    assert kind(service.login(ROBOT, "another_password")) == "LoginSuccess"

    service.register()
    assert kind(service.verify(computed(ADA, settings, Purpose.REGISTRATION))) == "InvalidOtpError"
    assert kind(service.verify(postbox.code(ADA))) == "VerifyEmailSuccess"
    assert {recipient for recipient, _ in postbox.mails} == {ADA}
    assert mails(database_url) == {
        ("verification", "", True),
        ("password_changed", "", True),
        ("verification", ADA, False),
    }

    details = {
        (entry["action"], entry["subject"][0], entry["detail"])
        for entry in rows(database_url, ENTRIES)
    }
    assert details == {
        ("registered", "r", "test address, role customer"),
        ("verified", "r", "test address, by code"),
        ("logged_in", "r", "test address, by password"),
        ("reset_requested", "r", "test address, mail queued"),
        ("password_reset", "r", "test address, by code"),
        ("registered", "a", "role customer"),
        ("verified", "a", "by code"),
    }


def test_a_change_of_the_address_takes_the_code_of_the_new_one(
    verified: Service, settings: dict[str, str], postbox: Postbox
):
    def request(new: str) -> str:
        given = {"newEmail": new, "password": "secure_password"}
        return kind(verified.run("request_email_change", token=token, input=given))

    def confirm(otp: str) -> str:
        return kind(verified.run("confirm_email_change", token=token, input={"otp": otp}))

    token = verified.login()["accessToken"]
    assert request(ROBOT) == "EmailChangeRequested"
    assert confirm(computed(ADA, settings, Purpose.EMAIL_CHANGE)) == "InvalidOtpError"
    assert confirm(computed(ROBOT, settings, Purpose.EMAIL_CHANGE)) == "EmailChanged"

    verified.clock.advance(minutes=1)
    assert request("lovelace@example.com") == "EmailChangeRequested"
    assert confirm(computed(ROBOT, settings, Purpose.EMAIL_CHANGE)) == "InvalidOtpError"
    assert confirm(postbox.code("lovelace@example.com")) == "EmailChanged"
    postbox.newest("lovelace@example.com", count=2)
    assert postbox.sent_to(ROBOT) == []


def test_only_limits_on_how_much_is_asked_for_are_others_for_test_addresses(
    settings: dict[str, str], clock: Clock
):
    limits = {"LIMIT_REGISTER_CLIENT": "1/hour", "LIMIT_TEST_ADDRESS": "12/hour"}
    with running(clock, **settings, **limits) as service:
        registered = service.register(email=ROBOT)
        available = datetime.fromisoformat(registered["verification"]["resendAvailableAt"])
        assert available == clock.now
        for number in range(11):
            answer = service.register(email=f"robot{number}@test.example")
            assert kind(answer) == "RegisterSuccess"
        assert kind(service.register(email="robot12@test.example")) == "RateLimitedError"

        # The first of twelve mails was that of the registration.
        for _ in range(11):
            assert kind(service.resend(ROBOT)) == "ResendVerificationSuccess"
        assert kind(service.resend(ROBOT)) == "RateLimitedError"

        assert kind(service.register()) == "RegisterSuccess"
        assert kind(service.register(email="joan@example.com")) == "RateLimitedError"
        assert kind(service.resend()) == "RateLimitedError"

        for address in (ROBOT, ADA):
            guesses = [service.verify("000000", address) for _ in range(11)]
            logins = [service.login(address) for _ in range(11)]
            assert [kind(guess) for guess in guesses[:10]] == [
                *["InvalidOtpError"] * 5,
                *["TooManyAttemptsError"] * 5,
            ]
            assert {kind(login) for login in logins[:10]} == {"EmailNotVerifiedError"}
            assert guesses[10]["retryAfterSeconds"] == 60
            assert logins[10]["retryAfterSeconds"] == 900


def test_a_concealed_test_address_is_told_nothing_by_mail(
    settings: dict[str, str], clock: Clock, database_url: str, tmp_path: Path
):
    policy = tmp_path / "concealing.toml"
    policy.write_text(
        'roles = ["customer"]\ndefaultRole = "customer"\n'
        'verificationMethods = ["OTP"]\nconcealExistingAccounts = true\n'
    )
    with running(clock, **settings, POLICY=str(policy)) as service:
        answers = [kind(service.register(email=ROBOT)) for _ in range(2)]
        otp = computed(ROBOT, settings, Purpose.REGISTRATION)
        assert kind(service.verify(otp, ROBOT)) == "VerifyEmailSuccess"
    assert answers == ["RegistrationPending"] * 2
    assert mails(database_url) == {
        ("verification", "", True),
        ("account_exists", "", True),
    }


def test_after_the_last_day_a_test_address_is_one_as_any_other(
    service: Service, settings: dict[str, str], clock: Clock, postbox: Postbox
):
    otp = computed(ROBOT, settings, Purpose.REGISTRATION)
    clock.now = datetime.combine(LAST_DAY, time(23, 59), tzinfo=UTC)
    service.register(email=ROBOT)
    clock.advance(minutes=1)

    assert kind(service.verify(otp, ROBOT)) == "InvalidOtpError"
    assert kind(service.resend(ROBOT)) == "ResendVerificationSuccess"
    assert kind(service.verify(postbox.code(ROBOT), ROBOT)) == "VerifyEmailSuccess"
    assert len(postbox.sent_to(ROBOT)) == 1
