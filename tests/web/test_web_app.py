"""The web app's ways from a registration to a session, in a real browser with real mails."""

import re

import pytest
from harness.mailbox import Mailbox
from harness.service import Service
from harness.web_app_page import (
    EMAIL,
    PASSWORD,
    AppPage,
    new_tenant,
    verified_account,
)
from playwright.sync_api import expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(LIMIT_RESEND_ADDRESS="1/3seconds"),
]


def test_a_customer_registers_enters_the_code_and_logs_out_and_in(app: AppPage, mailbox: Mailbox):
    app.register()
    app.shows("Enter your code")
    code = mailbox.code(EMAIL)

    app.fill(Code="000000" if code != "000000" else "111111")
    expect(app.field("Code")).to_have_accessible_description(
        "This code is wrong. You have 4 attempts left."
    )

    app.fill(Code=f" {code[:3]} {code[3:]} ")  # as it comes when it is copied
    app.shows("Hello, Ada Lovelace")
    expect(app.page.get_by_role("definition")).to_contain_text([EMAIL, "Customer"])

    app.press("Log out")
    app.shows("Log in")
    expect(app.page.get_by_role("status")).to_have_text("You are logged out.")
    expect(app.field("Email")).to_have_value("")
    app.fill(Email=EMAIL, Password=PASSWORD)
    app.press("Log in")
    app.shows("Hello, Ada Lovelace")

    app.press("Log out")
    app.shows("Log in")
    app.open("/#/account")
    app.shows("Log in")
    assert app.faults == []
    assert app.origins == {app.url}


def test_a_church_member_chooses_a_role_opens_the_link_and_is_logged_in(
    app: AppPage, service: Service, mailbox: Mailbox, settings: dict[str, str]
):
    tenant = new_tenant("Grace Church", "church", settings)
    app.open(f"/?tenant={tenant}")
    app.page.get_by_role("radio", name="Member").check()
    app.fill(Email=EMAIL, Password=PASSWORD)
    app.press("Create account")
    app.shows("Open the link in your email")
    expect(app.page.locator(".product")).to_have_text("Grace Church")

    mailed = app.page.context.new_page()
    mailed.goto(mailbox.link(EMAIL))
    mailed.get_by_role("button", name="Confirm my email").click()
    expect(mailed.get_by_role("status")).to_contain_text("you can log in")

    app.shows("Hello")
    expect(app.page.get_by_role("definition")).to_contain_text([EMAIL, "Member", "Grace Church"])
    assert app.faults == []
    assert app.origins == {app.url}


def test_another_mail_can_be_sent_when_the_countdown_has_ended(app: AppPage, mailbox: Mailbox):
    app.register()
    app.shows("Enter your code")
    again = app.page.get_by_role("button", name="Resend email")
    expect(again).to_be_disabled()
    expect(app.page.get_by_role("timer")).to_have_text(
        re.compile(r"No email yet\? You can ask for another one in \d seconds?\.")
    )

    expect(again).to_be_enabled()
    again.click()

    expect(app.page.get_by_role("status")).to_contain_text("A new email is on its way.")
    expect(again).to_be_disabled()
    app.fill(Code=mailbox.code(EMAIL, count=2))
    app.shows("Hello, Ada Lovelace")


def test_the_tab_still_waits_for_the_code_after_a_reload(app: AppPage, mailbox: Mailbox):
    app.register()
    app.shows("Enter your code")

    app.page.reload()

    app.shows("Enter your code")
    app.fill(Code=mailbox.code(EMAIL))
    app.shows("Hello, Ada Lovelace")


def test_all_tabs_of_a_browser_have_the_same_session(
    app: AppPage, service: Service, mailbox: Mailbox
):
    verified_account(service, mailbox)
    app.open_login()
    app.shows("Hello, Ada Lovelace")

    app.open()
    app.shows("Hello, Ada Lovelace")

    other = AppPage(app.page.context.new_page(), app.url)
    other.open()
    other.shows("Hello, Ada Lovelace")
