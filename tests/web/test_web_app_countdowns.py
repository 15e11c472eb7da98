"""How the web app counts down until something can be tried again."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from harness.mailbox import Mailbox
from harness.service import Service, running
from harness.web_app_page import AppPage, RunningClock, verified_account
from playwright.sync_api import Browser, expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(LIMIT_LOGIN_ADDRESS_AND_CLIENT="1/3seconds"),
]


def test_a_limit_is_counted_down_and_then_the_form_can_be_sent_again(
    app: AppPage, service: Service, mailbox: Mailbox
):
    verified_account(service, mailbox)
    app.open_login(password="another password")
    expect(app.field("Password")).to_be_focused()

    app.log_in()
    send = app.page.get_by_role("button", name="Log in")
    expect(app.page.get_by_role("alert")).to_have_text("Too many attempts.")
    expect(app.page.get_by_role("timer")).to_have_text(
        re.compile(r"You can try again in [123] seconds?\.")
    )
    expect(send).to_be_disabled()

    expect(app.page.get_by_role("timer")).to_have_count(0)
    expect(send).to_be_enabled()
    send.click()
    app.shows("Hello, Ada Lovelace")


def test_a_mail_that_was_asked_for_too_soon_elsewhere_is_counted_down(
    app: AppPage, service: Service, clock: RunningClock
):
    service.register()
    app.open_login()
    app.follow("Confirm it")

    app.press("Resend email")

    expect(app.page.get_by_role("alert")).to_have_text("Too many attempts.")
    expect(app.page.get_by_role("timer")).to_contain_text("You can try again in")
    expect(app.page.get_by_role("button", name="Resend email")).to_be_disabled()


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(hours=-1)], ids=["fast", "slow"])
def test_the_countdown_is_right_on_a_device_whose_clock_is_wrong(
    app: AppPage, clock: RunningClock, ahead: timedelta
):
    app.page.clock.install(time=clock() + ahead)

    app.register()

    app.shows("Enter your code")
    expect(app.page.get_by_role("timer")).to_have_text(
        re.compile(r"another one in (6[01]|[45]\d) seconds\.")
    )


def test_the_page_of_a_code_says_when_its_time_is_over(app: AppPage, clock: RunningClock):
    app.page.clock.install(time=clock())
    app.register()
    expect(app.page.get_by_text("The code works for 10 minutes, until")).to_be_visible()

    app.page.clock.fast_forward("10:01")

    expect(app.page.get_by_text("This code has expired. Ask for a new one.")).to_be_visible()


BOTH = """
roles = ["customer"]
defaultRole = "customer"
verificationMethods = ["OTP", "LINK"]
otpSeconds = 60
linkSeconds = 120
"""


@pytest.mark.usefixtures("served_app")
def test_how_long_the_link_works_is_not_told_once_its_time_is_over(
    settings: dict[str, str], browser: Browser, clock: RunningClock, tmp_path: Path
):
    (tmp_path / "both.toml").write_text(BOTH)
    with (
        running(clock, **settings, POLICY=str(tmp_path / "both.toml")) as service,
        browser.new_context() as context,
    ):
        app = AppPage(context.new_page(), service.url)
        app.page.clock.install(time=clock())
        app.register()
        told = app.page.get_by_role("main")
        expect(told).to_contain_text("The link works for 2 minutes.")
        app.page.clock.fast_forward("01:01")
        expect(told).to_contain_text("This code has expired. Ask for a new one.")
        expect(told).to_contain_text("The link works for 2 minutes.")
        app.page.clock.fast_forward("01:00")
        expect(told).not_to_contain_text("The link works for")
