"""The form that the web app draws from a registration policy."""

import pytest
from harness.mailbox import Mailbox
from harness.web_app_page import EMAIL, PASSWORD, AppPage
from playwright.sync_api import expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(SUPPORT="help@example.com"),
]


def test_the_customers_form_asks_for_no_role(app: AppPage):
    app.open()

    expect(app.page.locator("form label")).to_have_text(["Name", "Email", "Password"])
    expect(app.field("Password")).to_have_accessible_description("8 to 128 characters")


def test_a_refused_password_is_not_called_fair_until_it_is_changed(app: AppPage):
    strength = app.page.locator(".connectx-strength")
    app.open()
    app.field("Name").fill("Ada Lovelace")
    app.field("Email").fill(EMAIL)
    app.field("Password").fill("password")
    expect(strength).to_have_text("Fair: longer is stronger")
    app.page.get_by_role("button", name="Create account").click()

    expect(app.field("Password")).to_have_attribute("aria-invalid", "true")
    expect(strength).to_have_text("")
    app.field("Password").fill("a_longer_pass")
    expect(strength).to_have_text("Fair: longer is stronger")


@pytest.mark.settings(POLICY="church")
class TestUnderTheChurchPolicy:
    def test_the_form_asks_for_a_role_and_for_no_name(self, app: AppPage):
        app.open()

        expect(app.page.locator("form label")).to_have_text(
            ["Name (optional)", "Email", "Password", "Pastor", "Member", "Invited by (optional)"]
        )
        expect(app.field("Password")).to_have_accessible_description("6 to 128 characters")

    def test_a_role_that_is_missing_is_asked_for_at_the_choice(self, app: AppPage):
        app.open()
        app.fill(Email=EMAIL, Password=PASSWORD)

        app.press("Create account")

        choice = app.page.get_by_role("radiogroup", name="Role")
        expect(choice).to_have_accessible_description("Choose a role.")
        expect(app.page.get_by_role("radio", name="Pastor")).to_be_focused()


def test_whoever_types_a_password_can_look_at_it(app: AppPage):
    app.open()
    app.fill(Password=PASSWORD)
    expect(app.field("Password")).to_have_attribute("type", "password")

    app.press("Show password")
    expect(app.field("Password")).to_have_attribute("type", "text")
    expect(app.field("Password")).to_have_value(PASSWORD)

    app.press("Show password")
    expect(app.field("Password")).to_have_attribute("type", "password")


def test_an_address_with_an_unknown_tenant_says_so(app: AppPage):
    app.open("/?tenant=018f0000-0000-7000-8000-000000000000")

    app.shows("Unknown organization")
    expect(app.page.get_by_role("button")).to_have_count(0)
    expect(app.page.locator(".product")).to_have_text("ConnectX")
    expect(app.page.get_by_role("link")).to_have_text(["help@example.com"])


def test_what_cannot_be_a_code_is_told_by_the_form_and_not_sent(app: AppPage, mailbox: Mailbox):
    app.register()
    app.shows("Enter your code")
    sent: list[str] = []
    app.page.on("request", lambda request: sent.append(request.post_data or ""))

    for typed in ("", "12", "abcdef"):
        app.fill(Code=typed)
        app.press("Confirm")
        expect(app.field("Code")).to_have_accessible_description("The code has six digits.")
    assert not [body for body in sent if "verifyEmail" in body]

    # Each digit is an event, and so is the key after the last one: the code is sent once.
    code = mailbox.code(EMAIL)
    app.field("Code").clear()
    app.field("Code").press_sequentially(code)
    app.page.keyboard.press("Enter")
    app.shows("Hello, Ada Lovelace")
    assert len([body for body in sent if code in body]) == 1
