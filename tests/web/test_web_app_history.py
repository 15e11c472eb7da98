"""What the browser's Back and reload show, and what a tab shows that knows nothing yet."""

import pytest
from harness.mailbox import Mailbox
from harness.service import Service
from harness.web_app_page import EMAIL, PASSWORD, AppPage
from playwright.sync_api import expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY="church"),
]


def form_is_kept(app: AppPage) -> None:
    app.shows("Create an account")
    expect(app.field("Name (optional)")).to_have_value("Ada Lovelace")
    expect(app.field("Email")).to_have_value(EMAIL)
    expect(app.field("Invited by (optional)")).to_have_value("friend@example.com")
    expect(app.page.get_by_role("radio", name="Member")).to_be_checked()
    expect(app.field("Password")).to_have_value("")


def test_back_and_reload_keep_the_form_but_not_the_password_and_end_at_the_account(
    app: AppPage, mailbox: Mailbox
):
    app.open()
    app.page.get_by_role("radio", name="Member").check()
    typed = {"Name (optional)": "Ada Lovelace", "Invited by (optional)": "friend@example.com"}
    app.fill(Email=EMAIL, Password=PASSWORD, **typed)
    app.page.reload()
    form_is_kept(app)
    app.fill(Password=PASSWORD)
    app.press("Create account")
    app.shows("Open the link in your email")
    app.page.go_back()
    form_is_kept(app)
    assert PASSWORD not in app.page.evaluate("JSON.stringify(sessionStorage)")

    # The same address once more leads to the mail that it waits for.
    app.fill(Password=PASSWORD)
    app.press("Create account")
    app.follow("Continue")
    app.shows("Open the link in your email")
    mailed = app.page.context.new_page()
    mailed.goto(mailbox.link(EMAIL))
    mailed.get_by_role("button", name="Confirm my email").click()
    app.shows("Hello, Ada Lovelace")
    app.page.go_back()
    app.shows("Hello, Ada Lovelace")
    app.page.reload()
    app.shows("Hello, Ada Lovelace")

    app.press("Log out")
    app.shows("Log in")
    expect(app.field("Email")).to_have_value("")
    app.fill(Email=EMAIL, Password=PASSWORD)
    app.press("Log in")
    app.shows("Hello, Ada Lovelace")
    app.page.go_back()
    app.shows("Hello, Ada Lovelace")


def test_a_tab_that_did_not_register_asks_for_no_code_where_mails_have_a_link(
    app: AppPage, service: Service
):
    service.register(email=EMAIL, password=PASSWORD, role="member")
    app.open_login()
    app.follow("Confirm it")

    app.shows("Open the link in your email")
    expect(app.page.get_by_role("textbox")).to_have_count(0)
