"""The web app where the password is chosen with the code, and not at the registration."""

import pytest
from harness.accessibility import serious_violations
from harness.mailbox import Mailbox
from harness.policies import password_at_verification
from harness.web_app_page import EMAIL, PASSWORD, AppPage
from playwright.sync_api import expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY=password_at_verification("OTP")),
]

FORGET_THE_POLICY = """() => {
  const key = 'connectx:pending-verification';
  const { passwordLengths, ...pending } = JSON.parse(sessionStorage.getItem(key));
  sessionStorage.setItem(key, JSON.stringify(pending));
}"""


def test_the_password_is_chosen_with_the_code_and_a_refused_one_does_not_lose_the_code(
    app: AppPage, mailbox: Mailbox
):
    asked: list[str] = []
    app.page.on("request", lambda request: asked.append(request.post_data or ""))
    app.open()
    app.fill(Name="Ada Lovelace", Email=EMAIL)
    expect(app.field("Password")).to_have_count(0)
    app.press("Create account")
    app.shows("Enter your code")
    code = mailbox.code(EMAIL)
    app.fill(Code=code)
    # Elsewhere, the last digit sends the code. Here it would be told that the password is missing.
    expect(app.field("Password")).to_have_accessible_description("8 to 128 characters")
    app.press("Confirm")
    expect(app.field("Password")).to_have_accessible_description(
        "8 to 128 characters Enter a password."
    )

    # A tab that does not know the policy learns from the answer that a password is chosen here.
    app.page.evaluate(FORGET_THE_POLICY)
    app.page.reload()
    expect(app.field("Code")).to_be_focused()
    expect(app.field("Password")).to_have_count(0)
    app.fill(Code=code)
    expect(app.field("Password")).to_be_focused()
    why = "Your account has no password yet. Choose one now."
    expect(app.field("Password")).to_have_accessible_description(why)
    app.fill(Password="short")
    app.press("Confirm")
    expect(app.field("Password")).to_have_accessible_description(
        f"{why} The password must have at least 8 characters."
    )
    assert serious_violations(app.page) == []
    expect(app.field("Code")).to_have_value(code)
    app.fill(Password=PASSWORD)
    app.press("Confirm")

    app.shows("Log in")
    expect(app.page.get_by_role("status")).to_have_text(
        "Thank you. Your address is confirmed. Please log in."
    )
    # A missing password costs no request where the app knows that one is needed.
    assert sum("mutation VerifyEmail" in body for body in asked) == 3
    app.log_in()
    app.shows("Hello, Ada Lovelace")
    assert app.faults == []
