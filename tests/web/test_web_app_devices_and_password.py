"""People end their sessions and change the password on the account screen."""

import pytest
from harness.service import Service
from harness.web_app_page import EMAIL, OFTEN, PASSWORD, AppPage, part_says
from playwright.sync_api import Locator, expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(**OFTEN),
]

NEW_PASSWORD = "another_password"


def devices(app: AppPage) -> Locator:
    return app.page.get_by_role("region", name="Devices").get_by_role("listitem")


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
