"""What people change on the account screen: the password, the sessions and the address."""

import re
import sqlite3
from pathlib import Path

import pytest
from harness.inbox import wrong
from harness.mailbox import Mailbox
from harness.service import Service
from harness.web_app_page import EMAIL, PASSWORD, AppPage, verified_account
from playwright.sync_api import Locator, expect

# The app is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NEW_PASSWORD = "another_password"
NEW_EMAIL = "lovelace@example.com"


@pytest.fixture
def settings(settings: dict[str, str], web_app: Path) -> dict[str, str]:
    return {
        **settings,
        "WEB_DIR": str(web_app),
        "LIMIT_RESEND_ADDRESS": "10/second",
        "LIMIT_LOGIN_ADDRESS_AND_CLIENT": "50/hour",
    }


@pytest.fixture
def account(app: AppPage, service: Service, mailbox: Mailbox) -> AppPage:
    """Ada is logged in here, and twice elsewhere."""
    verified_account(service, mailbox)
    for _ in range(2):
        assert service.login(EMAIL, PASSWORD)["__typename"] == "LoginSuccess"
    app.open_login()
    app.shows("Hello, Ada Lovelace")
    return app


def devices(app: AppPage) -> Locator:
    return app.page.get_by_role("region", name="Devices").get_by_role("listitem")


def part_says(app: AppPage, part: str, news: str) -> None:
    region = app.page.get_by_role("region", name=part, exact=True)
    expect(region.get_by_role("status")).to_have_text(news)
    expect(region.get_by_role("heading")).to_be_focused()


def change_database(settings: dict[str, str], statement: str) -> None:
    with sqlite3.connect(settings["DATABASE_URL"].removeprefix("sqlite://")) as connection:
        connection.execute(statement)
    connection.close()


def session_cookie(app: AppPage) -> str:
    [cookie] = app.page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["secure"]) == ("__Host-connectx", True, True)
    return str(cookie["value"])


def test_sessions_are_listed_and_ended_and_a_changed_password_goes_on_with_a_new_token(
    account: AppPage, service: Service
):
    expect(devices(account)).to_have_count(3)
    expect(devices(account).first).to_have_text("Chrome on LinuxThis device")
    expect(devices(account).last).to_contain_text("Last used: now")
    end = account.page.get_by_role("button", name="Log out Python", exact=True)
    end.first.click()
    expect(account.field("Password")).to_be_focused()
    account.press("Cancel")
    expect(end.first).to_be_focused()
    end.first.click()
    account.fill(Password=NEW_PASSWORD)
    end.first.click()
    expect(account.field("Password")).to_have_accessible_description("This password is wrong.")
    account.fill(Password=PASSWORD)
    end.first.click()
    part_says(account, "Devices", "Python is logged out.")
    expect(devices(account)).to_have_count(2)
    account.press("Log out all other devices")
    account.fill(Password=PASSWORD)
    account.press("Log out all other devices")
    part_says(account, "Devices", "All other devices are logged out.")
    expect(devices(account)).to_have_count(1)

    before = session_cookie(account)
    elsewhere = service.login(EMAIL, PASSWORD)["accessToken"]
    account.press("Change password")
    account.fill(**{"Current password": PASSWORD, "New password": PASSWORD})
    account.press("Change password")
    expect(account.field("New password")).to_have_accessible_description(
        "8 to 128 characters You have this password already. Choose another one."
    )
    account.fill(**{"Current password": NEW_PASSWORD, "New password": NEW_PASSWORD})
    account.press("Change password")
    expect(account.field("Current password")).to_have_accessible_description(
        "This password is wrong."
    )
    account.fill(**{"Current password": PASSWORD})
    account.page.get_by_role("checkbox", name="Stay logged in on other devices").check()
    account.press("Change password")
    part_says(account, "Password", "Your password is changed.")
    expect(devices(account)).to_have_count(2)
    after = session_cookie(account)
    assert [bool(service.viewer(each)) for each in (before, after, elsewhere)] == [
        False,
        True,
        True,
    ]

    account.press("Change password")
    account.fill(**{"Current password": NEW_PASSWORD, "New password": PASSWORD})
    account.press("Change password")
    part_says(account, "Password", "Your password is changed. All other devices are logged out.")
    expect(devices(account)).to_have_count(1)
    account.page.reload()
    account.shows("Hello, Ada Lovelace")
    assert account.faults == []


def test_a_new_address_is_confirmed_by_its_code_and_an_ended_session_leads_to_the_login(
    account: AppPage, mailbox: Mailbox, settings: dict[str, str]
):
    account.press("Change email")
    account.fill(Password=PASSWORD, **{"New email": EMAIL})
    account.press("Send confirmation email")
    expect(account.field("New email")).to_have_accessible_description(
        "You have this email already."
    )
    account.fill(**{"New email": "slip@example.com"})
    account.press("Send confirmation email")
    expect(account.field("Code")).to_be_focused()
    account.press("Cancel the change")
    part_says(account, "Email", "Your email stays as it is.")

    account.press("Change email")
    account.fill(Password=PASSWORD, **{"New email": NEW_EMAIL})
    account.press("Send confirmation email")
    expect(account.field("Code")).to_be_visible()
    code = mailbox.code(NEW_EMAIL)
    account.page.reload()
    account.shows("Hello, Ada Lovelace")
    expect(account.page.get_by_role("region", name="Email")).to_contain_text(
        f"We have sent a six-digit code to {NEW_EMAIL}."
    )
    expect(account.page.get_by_role("region", name="Email")).to_contain_text(
        f"Until you confirm the new address, you log in with {EMAIL}."
    )
    account.fill(Code=wrong(code))
    expect(account.field("Code")).to_have_accessible_description(
        "This code is wrong. You have 4 attempts left."
    )
    account.fill(Code=code)
    part_says(account, "Email", "Your email is changed.")
    expect(account.page.get_by_role("definition").first).to_have_text(NEW_EMAIL)
    assert account.faults == []

    account.press("Change password")
    account.fill(**{"Current password": PASSWORD, "New password": NEW_PASSWORD})
    change_database(settings, "DELETE FROM sessions")
    account.press("Change password")
    account.shows("Log in")
    expect(account.page.get_by_role("status")).to_have_text(
        "Your session has ended. Please log in again."
    )


def test_an_account_is_deleted_and_the_login_says_so_as_it_does_of_a_disabled_one(
    account: AppPage, settings: dict[str, str]
):
    account.press("Log out")
    change_database(settings, "UPDATE users SET disabled_at = created_at")
    account.fill(Email=EMAIL, Password=PASSWORD)
    account.press("Log in")
    expect(account.page.get_by_role("alert")).to_have_text("This account is disabled.")
    change_database(settings, "UPDATE users SET disabled_at = NULL")
    account.press("Log in")
    account.shows("Hello, Ada Lovelace")

    deletion = account.page.get_by_role("region", name="Delete account")
    expect(deletion).to_contain_text("For 7 days, a link in our email brings the account back.")
    account.press("Delete account")
    account.fill(Password=NEW_PASSWORD)
    account.press("Delete account")
    expect(account.field("Password")).to_have_accessible_description("This password is wrong.")
    account.fill(Password=PASSWORD)
    account.press("Delete account")
    account.shows("Log in")
    will_be_deleted = re.compile("^This account will be deleted on .+ has a link to keep it\\.$")
    expect(account.page.get_by_role("status")).to_have_text(will_be_deleted)
    account.fill(Email=EMAIL, Password=PASSWORD)
    account.press("Log in")
    expect(account.page.get_by_role("alert")).to_have_text(will_be_deleted)
