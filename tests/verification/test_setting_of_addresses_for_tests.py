"""The setting of test addresses, what a server says of it, and the command that prints codes."""

import logging
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import typer
from harness.addresses_for_tests import ADA, LAST_DAY, ROBOT, SETTING, TODAY, computed, printed
from harness.service import Clock, running
from harness.settings import environment

from accounts.test_addresses import read
from models import Purpose
from models.sql.proof import NEWEST_COLUMN
from server.cli.code_for_tests import code_of_test_address
from server.settings import Settings, SettingsError


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
    codes = {purpose: computed(ROBOT, settings, purpose) for purpose in NEWEST_COLUMN}

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


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "takes addresses and their last day, such as {sample}"),
        ("*@test.example", "takes addresses and their last day, such as {sample}"),
        (f";until={LAST_DAY}", "takes addresses and their last day, such as {sample}"),
        ("*@test.example;until=soon", "'soon' is not a day; it takes one such as {sample}"),
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
    days = {datetime.now(UTC).date()}
    with environment(TEST_ADDRESSES=typed), pytest.raises(SettingsError) as refused:
        Settings.read()
    days.add(datetime.now(UTC).date())  # a second one at midnight

    samples = [f"*@test.example;until={day + timedelta(days=90)}" for day in days]
    told = tuple(f"CONNECTX_TEST_ADDRESSES: {problem.format(sample=each)}" for each in samples)
    assert str(refused.value).startswith(told)


def test_a_pattern_matches_a_whole_address_in_any_spelling():
    found = read(f" E2E+*@Example.COM , *@test.example;until={LAST_DAY}", today=TODAY)
    now = datetime.now(UTC)

    matched = ["e2e+@example.com", "e2e+a.b@example.com", ROBOT]
    others = [ADA, "xe2e+1@example.com", "e2eX1@example.com", "robot@sub.test.example"]
    others += ["robot@test.example.com", "robot@testxexample"]
    assert [found.match(address, now=now) for address in matched] == [True] * 3
    assert [found.match(address, now=now) for address in others] == [False] * 6
