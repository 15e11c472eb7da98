"""A change that both addresses confirm, as a person sees it in the web app and on the pages."""

import pytest
from harness.mailbox import Mailbox
from harness.service import Service
from harness.web_app_page import EMAIL, PASSWORD, AppPage, verified_account
from playwright.sync_api import Page, expect

NEW, THIRD, FOURTH = "lovelace@example.com", "third@example.com", "fourth@example.com"
POLICY = """
roles = ["member"]
defaultRole = "member"
verificationMethods = ["OTP", "LINK"]
emailChangeConfirms = "BOTH"
"""

pytestmark = [
    # The pages are the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY=POLICY, LIMIT_RESEND_ADDRESS="10/second"),
]


def press(page: Page, link: str, button: str, then: str) -> None:
    """Opens a link, and presses the button of its page, whose heading then says `then`."""
    page.goto(link)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(then)


def test_a_change_is_confirmed_in_both_mailboxes_in_either_order(
    app: AppPage, service: Service, mailbox: Mailbox
):
    verified_account(service, mailbox)
    app.open_login()
    app.press("Change email")
    app.fill(Password=PASSWORD, **{"New email": NEW})
    app.press("Send confirmation email")
    region = app.page.get_by_role("region", name="Email")
    expect(region).to_contain_text(f"open the link that we have sent to {EMAIL}.")

    app.fill(Code=mailbox.code(NEW))
    expect(region.get_by_role("status")).to_have_text("The new address is confirmed.")
    expect(region.get_by_role("heading")).to_be_focused()
    app.page.reload()
    expect(region).to_contain_text(f"open the link that we have sent to {EMAIL}.")
    expect(app.field("Code")).to_have_count(0)

    other = app.page.context.new_page()
    consent, changed = "Agree to the change", "Your email address is changed"
    press(other, mailbox.link(EMAIL, count=2), consent, changed)
    expect(other.get_by_role("status")).to_have_text(f"From now on you log in as {NEW}.")
    expect(region.get_by_role("status")).to_have_text("Your email is changed.")
    assert app.faults == []

    token = service.login(NEW)["accessToken"]
    given = {"password": PASSWORD}
    service.run("request_email_change", token=token, input={**given, "newEmail": THIRD})
    press(other, mailbox.link(NEW, count=2), consent, "You have agreed")
    press(other, mailbox.link(THIRD), "Confirm my email", changed)
    service.run("request_email_change", token=token, input={**given, "newEmail": FOURTH})
    press(other, mailbox.link(FOURTH), "Confirm my email", "This address is confirmed")
