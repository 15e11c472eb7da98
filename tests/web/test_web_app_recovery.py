"""Somebody has forgotten the password, and chooses a new one in the web app."""

import pytest
from harness.codes import wrong
from harness.mailbox import Mailbox
from harness.service import Service
from harness.web_app_page import EMAIL, PASSWORD, AppPage, verified_account
from playwright.sync_api import expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(LIMIT_RESEND_ADDRESS="1/3seconds"),
]

NEW = "another_password"


def test_a_forgotten_password_is_reset_by_a_code_and_back_and_reload_keep_the_step(
    app: AppPage, service: Service, mailbox: Mailbox
):
    verified_account(service, mailbox)
    app.open("/#/login")
    app.follow("Forgot your password?")
    app.shows("Forgot your password?")
    app.fill(Email="nobody")
    app.press("Send code")
    expect(app.field("Email")).to_have_accessible_description(
        "This email address is not accepted. Check it, or use another one."
    )
    app.fill(Email=EMAIL)
    app.press("Send code")
    app.shows("Choose a new password")
    code = mailbox.code(EMAIL, count=2)

    app.fill(Code="12", **{"New password": "short"})
    app.press("Change password")
    expect(app.field("Code")).to_have_accessible_description("The code has six digits.")
    app.fill(Code=wrong(code))
    app.press("Change password")
    expect(app.field("Code")).to_have_accessible_description(
        "This code is wrong. You have 4 attempts left."
    )
    app.fill(Code=code)
    app.press("Change password")
    expect(app.field("New password")).to_have_accessible_description(
        "8 to 128 characters The password must have at least 8 characters."
    )

    app.page.reload()
    app.shows("Choose a new password")
    expect(app.page.get_by_role("main")).to_contain_text(f"If {EMAIL} has an account")
    expect(app.field("Code")).to_have_value("")
    app.page.go_back()
    app.shows("Forgot your password?")
    expect(app.field("Email")).to_have_value(EMAIL)
    app.page.go_forward()
    app.shows("Choose a new password")

    app.press("Resend email")
    expect(app.page.get_by_role("status")).to_contain_text("A new email is on its way.")
    newest = mailbox.code(EMAIL, count=3)
    app.fill(Code=newest, **{"New password": NEW})
    kept = app.page.evaluate("JSON.stringify(sessionStorage)")
    assert NEW not in kept
    assert newest not in kept
    app.press("Change password")

    app.shows("Log in")
    expect(app.page.get_by_role("status")).to_have_text(
        "Your password is changed, and you are logged out everywhere. Please log in."
    )
    app.log_in(PASSWORD)
    expect(app.field("Password")).to_have_attribute("aria-invalid", "true")
    app.log_in(NEW)
    app.shows("Hello, Ada Lovelace")
    assert app.faults == []


def test_an_address_without_an_account_is_answered_like_any_other_until_another_code_is_needed(
    app: AppPage,
):
    app.open("/#/reset")
    app.shows("Forgot your password?")
    app.fill(Email="nobody@example.com")
    app.press("Send code")
    app.shows("Choose a new password")
    app.fill(**{"New password": NEW})
    for code, left in enumerate(("4 attempts", "3 attempts", "2 attempts", "1 attempt"), 123_456):
        app.fill(Code=str(code))
        app.press("Change password")
        expect(app.field("Code")).to_have_accessible_description(
            f"This code is wrong. You have {left} left."
        )
    app.fill(Code="654321")
    app.press("Change password")
    expect(app.page.get_by_role("alert")).to_have_text(
        "That was one wrong code too many. Ask for a new one."
    )
    expect(app.page.get_by_role("textbox")).to_have_count(0)
    expect(app.page.get_by_role("button", name="Resend email")).to_be_focused()
    app.follow("Change it")
    app.shows("Forgot your password?")
