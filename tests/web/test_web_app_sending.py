"""What the web app's forms show while they are sent, and around it."""

from pathlib import Path

import pytest
from harness.codes import wrong
from harness.logos import PNG
from harness.mailbox import Mailbox
from harness.service import Service
from harness.web_app_page import EMAIL, PASSWORD, AppPage, verified_account
from playwright.sync_api import Route, expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(
        SUPPORT="help@example.com",
        PRODUCT_NAME="Example Shop",
        LIMIT_LOGIN_ADDRESS_AND_CLIENT="2/hour",
    ),
]


@pytest.fixture
def settings(settings: dict[str, str], tmp_path: Path) -> dict[str, str]:
    logo = tmp_path / "logo.png"
    logo.write_bytes(PNG)
    return {**settings, "LOGO": str(logo)}


def primary_buttons(app: AppPage) -> list[str]:
    others = ":not(.connectx-second):not(.connectx-reveal)"
    return app.page.locator(f"main button{others}").all_inner_texts()


def test_a_form_says_that_it_is_sent_and_a_long_wait_is_told_in_words(
    app: AppPage, service: Service, mailbox: Mailbox
):
    verified_account(service, mailbox)
    app.open("/#/login")
    app.shows("Log in")
    expect(app.page).to_have_title("Log in – Example Shop")
    logo = app.page.get_by_role("img", name="Example Shop")
    expect(logo).to_have_js_property("naturalWidth", 20)
    expect(app.page.locator(".product")).to_have_text("")
    support = app.page.get_by_role("link", name="help@example.com")
    expect(support).to_have_attribute("href", "mailto:help@example.com")

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    app.page.route("**/graphql", hold)
    app.fill(Email=EMAIL, Password="another password")
    app.press("Log in")
    expect(app.page.get_by_role("button", name="Logging in…")).to_be_disabled()
    expect(app.page.locator(".connectx-spinner")).to_be_visible()
    expect(app.page.locator("[aria-live=polite]")).to_have_text("Logging in…")
    held[0].continue_()
    app.page.unroute("**/graphql", hold)

    expect(app.field("Password")).to_be_focused()
    expect(app.page.locator(".connectx-spinner")).to_have_count(0)
    assert primary_buttons(app) == ["Log in"]
    app.press("Log in")
    expect(app.page.locator(".connectx-problem")).to_have_count(1)
    app.press("Log in")
    expect(app.page.get_by_role("timer")).to_have_text("You can try again in about an hour.")


def test_news_go_when_the_form_is_sent_and_one_button_at_a_time_is_the_likely_one(
    app: AppPage, mailbox: Mailbox
):
    app.register()
    app.shows("Enter your code")
    expect(app.page.get_by_text("The code works for 10 minutes, until ")).to_be_visible()
    assert primary_buttons(app) == ["Confirm"]
    guess = wrong(mailbox.code(EMAIL))
    for left in ("4 attempts", "3 attempts", "2 attempts", "1 attempt"):
        app.fill(Code=guess)  # which sends itself
        expect(app.page.locator(".connectx-problem")).to_contain_text(left)
        guess = wrong(guess)
    app.fill(Code=guess)
    expect(app.page.get_by_role("alert")).to_be_visible()
    assert primary_buttons(app) == ["Resend email"]
    expect(app.page.get_by_role("timer")).to_contain_text("You can ask for a new email in")

    app.open("/#/login")
    app.fill(Password="another password")
    app.press("Log in")
    expect(app.page.locator(".connectx-problem")).to_be_visible()
    app.fill(Password=PASSWORD)
    expect(app.page.locator(".connectx-problem")).to_have_count(0)
    app.press("Log in")
    expect(app.page.get_by_role("alert")).to_contain_text("Your address is not confirmed yet.")
    app.fill(Password="else")
    expect(app.page.get_by_role("alert")).to_have_count(0)


def test_a_wrong_code_that_is_sent_again_costs_no_other_attempt(app: AppPage, mailbox: Mailbox):
    sent: list[str] = []
    app.page.on("request", lambda request: sent.append(request.post_data or ""))
    app.register()
    app.shows("Enter your code")
    code = mailbox.code(EMAIL)

    app.fill(Code=wrong(code))
    expect(app.page.locator(".connectx-problem")).to_contain_text("4 attempts")
    app.field("Code").press("Enter")
    app.press("Confirm")

    expect(app.field("Code")).to_be_focused()
    expect(app.page.locator(".connectx-problem")).to_contain_text("4 attempts")
    app.fill(Code=code)
    app.shows("Hello, Ada Lovelace")
    assert sum("verifyEmail(" in body for body in sent) == 2


def test_a_login_without_a_password_is_not_sent(app: AppPage, service: Service):
    sent: list[str] = []
    app.page.on("request", lambda request: sent.append(request.post_data or ""))
    app.open("/#/login")

    app.press("Log in")
    expect(app.field("Email")).to_have_accessible_description("Enter your email.")
    expect(app.field("Password")).to_have_accessible_description("Enter a password.")
    app.fill(Email=EMAIL)
    app.press("Log in")
    expect(app.page.locator(".connectx-problem")).to_have_text(["Enter a password."])

    assert [body for body in sent if "login(" in body] == []
