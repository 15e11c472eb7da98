"""People delete their account on the account screen, and the login says so."""

import re

import pytest
from harness.web_app_page import EMAIL, OFTEN, PASSWORD, AppPage, change_database
from playwright.sync_api import expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(**OFTEN),
]

NEW_PASSWORD = "another_password"


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
    confirming = deletion.get_by_role("button", name="Delete account")
    expect(confirming).to_have_css("background-color", "rgb(179, 38, 30)")  # red
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
