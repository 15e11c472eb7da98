"""Somebody registers on one device and verifies on another: the first page moves on by itself."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from harness.mailbox import Mailbox
from harness.processes import serving
from harness.service import Service
from harness.web_app_page import EMAIL, PASSWORD, AppPage, RunningClock, verified_account
from playwright.sync_api import Browser, expect

BOTH = """
roles = ["customer"]
defaultRole = "customer"
verificationMethods = ["OTP", "LINK"]
"""

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY=BOTH),
]


@pytest.fixture
def phone(browser: Browser, service: Service) -> Iterator[AppPage]:
    """Another person's browser, as far as the server can tell."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield AppPage(context.new_page(), service.url)
    context.close()


def streams(headers: dict[str, str]) -> bool:
    return "event-stream" in headers.get("content-type", "")


def test_the_desktop_moves_on_when_the_link_is_opened_on_the_phone(
    app: AppPage, phone: AppPage, mailbox: Mailbox
):
    app.register()
    app.shows("Confirm your address")

    link = urlsplit(mailbox.link(EMAIL))
    phone.open(f"{link.path}#{link.fragment}")
    phone.press("Confirm my email")
    expect(phone.page.get_by_role("status")).to_contain_text("you can log in")

    app.shows("Hello, Ada Lovelace")
    assert app.faults == []
    assert app.origins == {app.url}


def test_the_desktop_moves_on_when_the_code_is_entered_elsewhere(
    app: AppPage, service: Service, mailbox: Mailbox
):
    app.register()
    app.shows("Confirm your address")

    service.verify(mailbox.code(EMAIL))

    app.shows("Hello, Ada Lovelace")
    assert app.faults == []


def test_the_account_moves_on_when_the_link_to_a_new_address_is_opened_elsewhere(
    app: AppPage, service: Service, mailbox: Mailbox
):
    verified_account(service, mailbox)
    app.open_login()
    app.press("Change email")
    app.fill(Password=PASSWORD, **{"New email": "lovelace@example.com"})
    app.press("Send confirmation email")
    email = app.page.get_by_role("region", name="Email")
    expect(email).to_contain_text("We have sent a code and a link to lovelace@example.com.")

    token = mailbox.token("lovelace@example.com")
    confirmed = service.run("confirm_email_change_by_link", input={"token": token})
    assert confirmed["__typename"] == "EmailChanged"

    expect(email.get_by_role("status")).to_have_text("Your email is changed.")
    expect(app.page.get_by_role("definition").first).to_have_text("lovelace@example.com")


def test_a_page_that_is_opened_again_learns_what_happened_meanwhile(
    app: AppPage, service: Service, mailbox: Mailbox
):
    app.register()
    app.shows("Confirm your address")
    app.page.goto("about:blank")
    service.verify(mailbox.code(EMAIL))

    app.open("/#/confirm")

    app.shows("Hello, Ada Lovelace")


@pytest.mark.usefixtures("served_app")
def test_a_page_survives_a_restart_of_the_server_without_a_word(
    browser: Browser, settings: dict[str, str]
):
    context = browser.new_context()
    with serving(**settings) as server:
        app = AppPage(context.new_page(), server.url)
        app.register()
        app.shows("Confirm your address")
        code = Mailbox(server).code(EMAIL)
        server.stop()
        expect(app.page.get_by_role("alert")).to_have_count(0)
        with serving(port=urlsplit(server.url).port, **settings) as back:
            back.verify(code)

            # The page asks ever more seldom, up to once a minute, the longer there is nobody.
            heading = app.page.get_by_role("heading", level=1)
            expect(heading).to_have_text("Hello, Ada Lovelace", timeout=90_000)
            context.close()


def test_a_tab_that_did_not_register_waits_for_nothing(
    app: AppPage, service: Service, mailbox: Mailbox
):
    service.register(email=EMAIL)
    app.open_login()
    app.follow("Confirm it")
    app.shows("Confirm your address")

    app.fill(Code=mailbox.code(EMAIL))

    app.shows("Log in")
    assert app.faults == []


def test_whoever_goes_elsewhere_in_the_app_waits_no_more(app: AppPage):
    app.register()
    app.shows("Confirm your address")

    app.follow("Log in")

    app.shows("Log in")
    assert app.faults == []


def test_the_desktop_moves_on_at_once_when_a_second_mail_is_confirmed_after_the_first_expired(
    app: AppPage, service: Service, mailbox: Mailbox, clock: RunningClock
):
    app.register()
    app.shows("Confirm your address")
    mailbox.code(EMAIL)
    clock.advance(hours=24, minutes=1)
    # The first answer is that the mail has expired.
    with app.page.expect_response(lambda response: streams(response.headers)):
        app.page.reload()

    service.resend(EMAIL)
    service.verify(mailbox.code(EMAIL, count=2))

    app.shows("Hello, Ada Lovelace")
    assert app.faults == []
