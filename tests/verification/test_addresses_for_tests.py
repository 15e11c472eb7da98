"""Test addresses get no mail, and `connectx test-code` prints their codes: until their last day."""

import logging
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from harness.audit_rows import ENTRIES
from harness.database import rows
from harness.inbox import Postbox, wrong
from harness.processes import connectx
from harness.service import Clock, Service, environment, running

from accounts.keyring import Keyring
from accounts.test_addresses import read
from models import Purpose
from models.sql.claim import NEWEST
from server.cli.code_for_tests import code_of_test_address
from server.settings import Settings, SettingsError

TODAY = datetime.now(UTC).date()
LAST_DAY = TODAY + timedelta(days=300)
SETTING = f"*@test.example;until={LAST_DAY}"
ADA, ROBOT = "ada@example.com", "robot@test.example"


@pytest.fixture
def settings(settings: dict[str, str]) -> dict[str, str]:
    return {**settings, "TEST_ADDRESSES": SETTING}


def printed(address: str, *options: str, settings: dict[str, str]) -> str:
    """What the command prints, which needs no more than these two settings."""
    needed = {name: settings[name] for name in ("SECRET_KEY", "TEST_ADDRESSES")}
    result = connectx("test-code", address, *options, **needed)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout.removesuffix("\n")


def computed(address: str, settings: dict[str, str], purpose: Purpose) -> str:
    """The same without the time that a process takes."""
    return Keyring([settings["SECRET_KEY"]]).test_otp(address, purpose=purpose)


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
        ("reset_requested", "r", "test address"),
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


def test_a_server_logs_a_warning_at_its_start(
    clock: Clock, caplog: pytest.LogCaptureFixture, data: Path
):
    with caplog.at_level(logging.WARNING, "connectx.test_addresses"):
        with running(clock, DATA_DIR=str(data), TEST_ADDRESSES=SETTING):
            pass
        clock.now = datetime.combine(LAST_DAY + timedelta(days=1), time(), tzinfo=UTC)
        with running(clock, DATA_DIR=str(data), TEST_ADDRESSES=SETTING):
            pass

    lines = [
        (record.levelname, record.getMessage())
        for record in caplog.records
        if record.name == "connectx.test_addresses"
    ]
    live = "they get no mail, and whoever has the secret key can enter their accounts"
    assert lines == [
        ("WARNING", f"test addresses: *@test.example until {LAST_DAY}: {live}"),
        ("WARNING", f"test addresses: *@test.example ended on {LAST_DAY}: addresses as any others"),
    ]


def test_each_purpose_has_a_code_and_the_command_takes_any_spelling():
    settings = {"SECRET_KEY": "k" * 32, "TEST_ADDRESSES": SETTING}
    codes = {purpose: computed(ROBOT, settings, purpose) for purpose in NEWEST}

    shown = printed("Robot@TEST.example", "--purpose", "password-reset", settings=settings)

    assert shown == codes[Purpose.PASSWORD_RESET]
    assert len(set(codes.values())) == 3


def test_the_command_refuses_what_is_no_test_address_and_makes_no_key(
    capsys: pytest.CaptureFixture[str], data: Path
):
    live, ended = f"*@example.com;until={LAST_DAY}", "*@example.com;until=2025-12-31"
    refusals = {
        f"{ADA} is not a test address: CONNECTX_TEST_ADDRESSES is not set.": {},
        f"{ADA} is not a test address: CONNECTX_TEST_ADDRESSES has *@test.example.": {
            "TEST_ADDRESSES": SETTING
        },
        f"{ADA} is not a test address: the last day of them was 2025-12-31.": {
            "TEST_ADDRESSES": ended
        },
        f"There is no secret key in {data}. Set": {"TEST_ADDRESSES": live},
    }
    for message, chosen in refusals.items():
        with environment(DATA_DIR=str(data), **chosen), pytest.raises(typer.Exit) as refused:
            code_of_test_address(ADA)
        printed = capsys.readouterr()
        assert (refused.value.exit_code, printed.out) == (1, "")
        assert printed.err.startswith(message)
    assert not data.exists()


SAMPLE = f"*@test.example;until={TODAY + timedelta(days=90)}"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", f"takes addresses and their last day, such as {SAMPLE}"),
        ("*@test.example", f"takes addresses and their last day, such as {SAMPLE}"),
        (f";until={LAST_DAY}", f"takes addresses and their last day, such as {SAMPLE}"),
        ("*@test.example;until=soon", f"'soon' is not a day; it takes one such as {SAMPLE}"),
        (
            f"*@test.example;until={TODAY + timedelta(days=368)}",
            f"{TODAY + timedelta(days=368)} is more than a year away; the last possible day is ",
        ),
        (f"*;until={LAST_DAY}", "* would match addresses of other people"),
        (f"*@test.example,*@*;until={LAST_DAY}", "*@* would match addresses of other people"),
        (f"a@*.example;until={LAST_DAY}", "a@*.example would match addresses of other people"),
        (f"*a*@test.example;until={LAST_DAY}", "*a*@test.example is not an address with one *"),
        (f"robot;until={LAST_DAY}", "robot is not an address with one *"),
        (f"*@robots.test;until={LAST_DAY}", "*@robots.test: "),
    ],
)
def test_what_names_no_test_addresses_is_told(typed: str, problem: str):
    with environment(TEST_ADDRESSES=typed), pytest.raises(SettingsError) as refused:
        Settings.read()

    assert str(refused.value).startswith(f"CONNECTX_TEST_ADDRESSES: {problem}")


def test_a_pattern_matches_a_whole_address_in_any_spelling():
    found = read(f" E2E+*@Example.COM , *@test.example;until={LAST_DAY}", today=TODAY)
    now = datetime.now(UTC)

    matched = ["e2e+@example.com", "e2e+a.b@example.com", ROBOT]
    others = [ADA, "xe2e+1@example.com", "e2eX1@example.com", "robot@sub.test.example"]
    others += ["robot@test.example.com", "robot@testxexample"]
    assert [found.match(address, now=now) for address in matched] == [True] * 3
    assert [found.match(address, now=now) for address in others] == [False] * 6
