"""What the web app does when the server fails, or cannot be reached."""

import re

import pytest
from harness.mailbox import Mailbox
from harness.polling import eventually
from harness.service import Service
from harness.web_app_page import (
    EMAIL,
    PASSWORD,
    AppPage,
    change_database,
    new_tenant,
    verified_account,
)
from playwright.sync_api import Route, expect

# The embedded database is a file, which a test can break.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_fault_of_the_server_is_shown_with_its_number(app: AppPage, settings: dict[str, str]):
    app.open(f"/?tenant={new_tenant('Somewhere', 'customer', settings)}")
    app.fill(Name="Ada Lovelace", Email=EMAIL, Password=PASSWORD)
    change_database(settings, "UPDATE tenants SET policy = '{}'")

    alert = app.page.get_by_role("alert")
    app.press("Create account")
    expect(alert).to_contain_text("Something went wrong on the server.")
    expect(alert.locator("code")).to_have_text(re.compile("^[0-9a-f]{32}$"))

    app.page.reload()
    expect(app.page.get_by_role("button")).to_have_text("Try again")
    expect(alert.locator("code")).to_have_text(re.compile("^[0-9a-f]{32}$"))


def test_a_server_that_is_busy_is_waited_for(
    app: AppPage, service: Service, mailbox: Mailbox, settings: dict[str, str]
):
    verified_account(service, mailbox)
    change_database(settings, "ALTER TABLE sessions RENAME TO out_of_order")
    app.open_login()
    expect(app.page.get_by_role("alert")).to_have_text("The server is busy.")
    expect(app.page.get_by_role("timer")).to_contain_text("You can try again in")
    change_database(settings, "ALTER TABLE out_of_order RENAME TO sessions")

    send = app.page.get_by_role("button", name="Log in")
    expect(send).to_be_enabled()
    send.click()

    app.shows("Hello, Ada Lovelace")


def test_a_server_that_cannot_tell_who_is_logged_in_logs_nobody_out(
    app: AppPage, service: Service, mailbox: Mailbox, settings: dict[str, str]
):
    verified_account(service, mailbox)
    app.open_login()
    app.shows("Hello, Ada Lovelace")
    change_database(settings, "ALTER TABLE sessions RENAME TO out_of_order")
    app.page.reload()
    expect(app.page.get_by_role("alert")).to_have_text(
        "The server is busy. Please try again in a moment."
    )
    change_database(settings, "ALTER TABLE out_of_order RENAME TO sessions")

    app.press("Try again")

    app.shows("Hello, Ada Lovelace")


def test_without_a_connection_nothing_that_was_typed_is_lost(app: AppPage, mailbox: Mailbox):
    app.open()
    app.shows("Create an account")
    app.page.context.set_offline(True)
    app.fill(Name="Ada Lovelace", Email=EMAIL, Password=PASSWORD)
    app.press("Create account")
    expect(app.page.get_by_role("alert")).to_have_text(
        "The server could not be reached. Please check your connection and try again."
    )

    app.page.context.set_offline(False)
    app.press("Create account")

    app.shows("Enter your code")
    assert mailbox.code(EMAIL)


def test_a_session_that_has_ended_leads_to_the_login(
    app: AppPage, service: Service, mailbox: Mailbox, settings: dict[str, str]
):
    verified_account(service, mailbox)
    app.open_login()
    app.shows("Hello, Ada Lovelace")
    change_database(settings, "DELETE FROM sessions")

    app.page.reload()

    app.shows("Log in")
    expect(app.page.get_by_role("status")).to_have_text(
        "Your session has ended. Please log in again."
    )


def test_a_registration_that_cannot_be_continued_leads_to_the_login_with_the_address(
    app: AppPage, mailbox: Mailbox, settings: dict[str, str]
):
    app.register()
    app.shows("Enter your code")
    change_database(settings, "UPDATE email_verifications SET continuation_hash = NULL")
    app.fill(Code=mailbox.code(EMAIL))

    app.shows("Log in")
    expect(app.page.get_by_role("status")).to_have_text(
        "Thank you. Your address is confirmed. Please log in."
    )
    app.log_in()
    app.shows("Hello, Ada Lovelace")


def test_whoever_goes_back_to_the_form_stays_there_when_the_login_is_refused(
    app: AppPage, mailbox: Mailbox, settings: dict[str, str]
):
    held: list[Route] = []

    def hold_login(route: Route) -> None:
        is_login = "continueLogin" in (route.request.post_data or "")
        held.append(route) if is_login else route.continue_()

    app.register()
    app.shows("Enter your code")
    change_database(settings, "UPDATE email_verifications SET continuation_hash = NULL")
    app.page.route("**/graphql", hold_login)
    app.fill(Code=mailbox.code(EMAIL))
    app.shows("Your account")
    app.page.go_back()
    app.shows("Create an account")
    held[0].continue_()

    waits = "'connectx:pending-verification' in sessionStorage"
    eventually(lambda: not app.page.evaluate(waits), "the answer")
    app.shows("Create an account")
