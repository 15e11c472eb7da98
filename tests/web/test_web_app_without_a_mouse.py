"""The way from a registration to the logout, by keyboard, and as a screen reader sees it."""

from collections.abc import Callable

import pytest
from harness.accessibility_tree import ScreenReader
from harness.mailbox import Mailbox
from harness.polling import eventually
from harness.web_app_page import EMAIL, PASSWORD, AppPage
from playwright.sync_api import expect

# The app is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def way_from_registration_to_logout(
    app: AppPage,
    mailbox: Mailbox,
    type_into: Callable[[str, str], None],
    press: Callable[[str], None],
) -> None:
    app.open()
    app.shows("Create an account")
    type_into("Name", "Ada Lovelace")
    type_into("Email", EMAIL)
    type_into("Password", PASSWORD)
    press("Create account")
    app.shows("Enter your code")
    type_into("Code", mailbox.code(EMAIL))
    app.shows("Hello, Ada Lovelace")
    press("Log out")
    app.shows("Log in")
    type_into("Email", EMAIL)
    type_into("Password", PASSWORD)
    press("Log in")
    app.shows("Hello, Ada Lovelace")
    press("Log out")
    app.shows("Log in")


def test_everything_can_be_done_with_the_keyboard(app: AppPage, mailbox: Mailbox):
    keyboard = app.page.keyboard

    def reach(role: str, name: str) -> None:
        """By the Tab key, and past each element once at most."""
        wanted = app.page.get_by_role(role, name=name, exact=True)
        expect(wanted).to_be_visible()
        for _ in range(12):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            keyboard.press("Tab")
        pytest.fail(f"the Tab key does not reach the {role} {name}")

    def type_into(label: str, text: str) -> None:
        reach("textbox", label)
        keyboard.type(text)

    def press(button: str) -> None:
        reach("button", button)
        keyboard.press("Enter")

    way_from_registration_to_logout(app, mailbox, type_into, press)


def test_everything_can_be_done_from_what_a_screen_reader_is_told(app: AppPage, mailbox: Mailbox):
    reader = ScreenReader(app.page)

    def type_into(label: str, text: str) -> None:
        reader.focus("textbox", label)
        app.page.keyboard.insert_text(text)

    def press(button: str) -> None:
        # A screen reader goes on from the new title or from a field: never from nowhere.
        eventually(lambda: reader.focused() in {"heading", "textbox"}, "the focus is in the screen")
        reader.focus("button", button)
        app.page.keyboard.press("Enter")

    way_from_registration_to_logout(app, mailbox, type_into, press)
