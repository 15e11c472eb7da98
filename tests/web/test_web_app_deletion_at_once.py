"""Somebody deletes the account in the web app, where the policy gives no days to think it over."""

import pytest
from harness.mailbox import Mailbox
from harness.service import Service
from harness.web_app_page import PASSWORD, AppPage, verified_account
from playwright.sync_api import expect

AT_ONCE = """
roles = ["customer"]
defaultRole = "customer"
verificationMethods = ["OTP"]
deletionDays = 0
"""

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY=AT_ONCE),
]


def test_it_is_told_before_and_after_that_nothing_brings_the_account_back(
    app: AppPage, service: Service, mailbox: Mailbox
):
    verified_account(service, mailbox)
    app.open_login()
    app.shows("Hello, Ada Lovelace")
    expect(app.page.get_by_role("region", name="Delete account")).to_contain_text(
        "All devices are logged out, and the account is deleted at once. Nobody can bring it back."
    )

    app.press("Delete account")
    app.fill(Password=PASSWORD)
    app.press("Delete account")

    app.shows("Log in")
    expect(app.page.get_by_role("status")).to_have_text("Your account is deleted.")
    assert service.login()["__typename"] == "InvalidCredentialsError"
    assert app.faults == []
