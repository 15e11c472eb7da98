"""People change their address on the account screen."""

import pytest
from harness.codes import wrong
from harness.mailbox import Mailbox
from harness.web_app_page import EMAIL, OFTEN, PASSWORD, AppPage, change_database, part_says
from playwright.sync_api import Route, expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(**OFTEN),
]

NEW_PASSWORD = "another_password"
NEW_EMAIL = "lovelace@example.com"


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

    def end_session(route: Route) -> None:
        # Not earlier: the screen may notice by itself, and leave before the button is pressed.
        if "changePassword(" in (route.request.post_data or ""):
            change_database(settings, "DELETE FROM sessions")
        route.continue_()

    account.page.route("**/graphql", end_session)
    account.press("Change password")
    account.fill(**{"Current password": PASSWORD, "New password": NEW_PASSWORD})
    account.press("Change password")
    account.shows("Log in")
    expect(account.page.get_by_role("status")).to_have_text(
        "Your session has ended. Please log in again."
    )
