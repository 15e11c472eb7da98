"""What each screen of the web app looks like, and whether everybody can use it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness.accessibility import serious_violations
from harness.mailbox import Mailbox
from harness.service import Service
from harness.web_app_page import EMAIL, PASSWORD, AppPage, new_tenant
from playwright.sync_api import Browser, Page, expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("served_app"),
]

SCREENS = [
    "register-rejected",
    "register",
    "unknown-tenant",
    "register-church",
    "confirm-link",
    "verify",
    "confirm-code",
    "confirm-code-rejected",
    "login",
    "login-unconfirmed",
    "account",
    "account-password-rejected",
    "account-email",
    "account-email-code",
    "account-devices",
    "account-deletion",
    "logged-out",
    "forgot",
    "reset",
    "resend-too-soon",
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    yield context.new_page()
    context.close()


Look = Callable[[str], None]


def screens_of_registration(app: AppPage, mailbox: Mailbox, church: str, look: Look) -> None:
    app.register(Name=" ", Email="nobody", Password="short")
    expect(app.field("Name")).to_be_focused()
    look("register-rejected")
    app.open("/#/login")
    app.open()
    app.shows("Create an account")
    look("register")
    app.open("/?tenant=nobody")
    app.shows("Unknown organization")
    look("unknown-tenant")

    app.open(f"/?tenant={church}")
    app.shows("Create an account")
    look("register-church")
    app.page.get_by_role("radio", name="Member").check()
    app.fill(Email="grace@example.com", Password=PASSWORD)
    app.press("Create account")
    app.shows("Open the link in your email")
    look("confirm-link")
    app.open(mailbox.link("grace@example.com").removeprefix(app.url))
    look("verify")


def screens_of_a_session(app: AppPage, service: Service, mailbox: Mailbox, look: Look) -> None:
    app.register()
    app.shows("Enter your code")
    look("confirm-code")
    app.fill(Code="123")
    app.press("Confirm")
    expect(app.field("Code")).to_have_attribute("aria-invalid", "true")
    look("confirm-code-rejected")

    app.open("/#/login")
    app.shows("Log in")
    look("login")
    app.log_in()
    expect(app.page.get_by_role("alert")).to_be_visible()
    look("login-unconfirmed")
    app.follow("Confirm it")
    app.fill(Code=mailbox.code(EMAIL))
    app.shows("Hello, Ada Lovelace")
    look("account")
    screens_of_changes(app, service, look)
    app.press("Log out")
    app.shows("Log in")
    look("logged-out")
    app.follow("Forgot your password?")
    app.shows("Forgot your password?")
    look("forgot")
    app.fill(Email=EMAIL)
    app.press("Send code")
    app.shows("Choose a new password")
    look("reset")

    service.register(email="joan@example.com")
    app.open("/#/login")
    app.fill(Email="joan@example.com", Password=PASSWORD)
    app.press("Log in")
    app.follow("Confirm it")
    app.press("Resend email")
    expect(app.page.get_by_role("alert")).to_be_visible()
    look("resend-too-soon")


def screens_of_changes(app: AppPage, service: Service, look: Look) -> None:
    app.press("Change password")
    app.fill(**{"Current password": PASSWORD, "New password": "short"})
    app.press("Change password")
    expect(app.field("New password")).to_be_focused()
    look("account-password-rejected")
    app.press("Cancel")
    app.press("Change email")
    look("account-email")
    app.fill(Password=PASSWORD, **{"New email": "lovelace@example.com"})
    app.press("Send confirmation email")
    expect(app.field("Code")).to_be_visible()
    look("account-email-code")
    app.press("Cancel the change")
    for _ in range(2):
        assert service.login(EMAIL, PASSWORD)["__typename"] == "LoginSuccess"
    app.page.reload()
    app.page.get_by_role("button", name="Log out Python").first.click()
    look("account-devices")
    app.press("Delete account")
    look("account-deletion")


def test_every_screen_is_accessible_and_fits_a_narrow_phone(
    page: Page,
    service: Service,
    mailbox: Mailbox,
    settings: dict[str, str],
    artifacts: Path,
):
    found: dict[str, list[str]] = {}
    widths: dict[str, int] = {}

    def look(screen: str) -> None:
        page.set_viewport_size({"width": 320, "height": 568})
        widths[screen] = page.evaluate("document.documentElement.scrollWidth")

        page.set_viewport_size({"width": 1280, "height": 800})
        page.screenshot(path=artifacts / f"web-desktop-{screen}.png")
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=artifacts / f"web-phone-{screen}.png", full_page=True)
        found[screen] = serious_violations(page)

        page.emulate_media(color_scheme="dark")
        page.screenshot(path=artifacts / f"web-dark-{screen}.png", full_page=True)
        found[screen] += serious_violations(page, only=("color-contrast",))
        page.emulate_media(color_scheme="light")

    app = AppPage(page, service.url)
    church = new_tenant("Grace Church", "church", settings)
    screens_of_registration(app, mailbox, church, look)
    screens_of_a_session(app, service, mailbox, look)

    assert found == {screen: [] for screen in SCREENS}
    assert widths == dict.fromkeys(SCREENS, 320)
