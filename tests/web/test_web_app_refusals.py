"""What the web app says to a refused input, and where it leads from there."""

import pytest
from harness.codes import wrong
from harness.mailbox import Mailbox
from harness.service import Service
from harness.web_app_page import EMAIL, AppPage, RunningClock, verified_account
from playwright.sync_api import expect

INVITING = """
roles = ["customer"]
defaultRole = "customer"
verificationMethods = ["OTP"]
askInvitedBy = true
"""

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY=INVITING, LIMIT_RESEND_ADDRESS="1/second"),
]


def test_every_rejected_field_says_why_and_the_first_has_the_focus(app: AppPage):
    app.register(Name=" ", Email="nobody", Password="short", **{"Invited by (optional)": "friend"})

    for label, why in {
        "Name": "Enter your name.",
        "Email": "This email address is not accepted. Check it, or use another one.",
        "Password": "8 to 128 characters The password must have at least 8 characters.",
        "Invited by (optional)": "The email address of the person who invited you "
        "This email address is not accepted. Check it, or use another one.",
    }.items():
        expect(app.field(label)).to_have_attribute("aria-invalid", "true")
        expect(app.field(label)).to_have_accessible_description(why)
    expect(app.field("Name")).to_be_focused()


def test_what_is_empty_is_asked_for_and_what_was_said_of_it_goes_while_it_is_typed(app: AppPage):
    app.register(Name="", Email="", Password="")
    expect(app.field("Name")).to_have_accessible_description("Enter your name.")
    expect(app.field("Email")).to_have_accessible_description("Enter your email.")
    expect(app.field("Password")).to_have_accessible_description(
        "8 to 128 characters Enter a password."
    )

    app.fill(Email="a")

    expect(app.field("Email")).to_have_accessible_description("")
    expect(app.field("Email")).to_be_focused()
    expect(app.field("Name")).to_have_accessible_description("Enter your name.")


def test_a_field_that_was_mended_is_no_longer_marked(app: AppPage):
    app.register(Name=" ", Password="short")
    expect(app.field("Name")).to_be_focused()

    app.fill(Name="Ada Lovelace")
    app.press("Create account")

    expect(app.field("Password")).to_be_focused()
    expect(app.field("Name")).not_to_have_attribute("aria-invalid", "true")
    expect(app.field("Name")).to_have_accessible_description("")


def test_a_taken_address_leads_to_the_login_with_the_address_filled_in(
    app: AppPage, service: Service
):
    service.register()

    app.register()
    expect(app.field("Email")).to_be_focused()
    expect(app.field("Email")).to_have_accessible_description(
        "This address already has an account. Log in instead"
    )

    app.follow("Log in instead")
    app.shows("Log in")
    expect(app.field("Email")).to_have_value(EMAIL)


def test_a_wrong_password_is_told_at_the_password(app: AppPage, service: Service, mailbox: Mailbox):
    verified_account(service, mailbox)

    app.open_login(password="another password")

    expect(app.field("Password")).to_be_focused()
    expect(app.field("Password")).to_have_accessible_description(
        "There is no account with this address and this password."
    )


def test_an_unconfirmed_address_leads_to_the_code(app: AppPage, service: Service, mailbox: Mailbox):
    service.register()

    app.open_login()
    expect(app.page.get_by_role("alert")).to_contain_text("Your address is not confirmed yet.")
    app.follow("Confirm it")
    app.shows("Enter your code")
    app.fill(Code=mailbox.code(EMAIL))

    app.shows("Log in")


def test_an_expired_code_leads_to_another_mail(app: AppPage, mailbox: Mailbox, clock: RunningClock):
    app.register()
    app.shows("Enter your code")
    code = mailbox.code(EMAIL)
    clock.advance(minutes=11)

    app.fill(Code=code)

    expect(app.page.get_by_role("alert")).to_have_text("This code has expired. Ask for a new one.")


def test_after_too_many_wrong_codes_another_mail_begins_anew(app: AppPage, mailbox: Mailbox):
    app.register()
    app.shows("Enter your code")
    guess = wrong(mailbox.code(EMAIL))
    for left in ("4 attempts", "3 attempts", "2 attempts", "1 attempt"):
        app.fill(Code=guess)  # which sends itself
        expect(app.field("Code")).to_have_accessible_description(
            f"This code is wrong. You have {left} left."
        )
        guess = wrong(guess)
    app.fill(Code=guess)
    expect(app.page.get_by_role("alert")).to_have_text(
        "That was one wrong code too many. Ask for a new one."
    )
    app.shows("Confirm your address")
    expect(app.page.get_by_role("textbox")).to_have_count(0)
    expect(app.page.get_by_role("button")).to_have_text(["Resend email"])
    expect(app.page.get_by_role("button")).to_be_focused()
    expect(app.page.get_by_role("main")).not_to_contain_text("The code works for")

    app.press("Resend email")
    expect(app.page.get_by_role("alert")).to_have_count(0)
    expect(app.field("Code")).to_have_value("")
    app.fill(Code=mailbox.code(EMAIL, count=2))
    app.shows("Hello, Ada Lovelace")
