"""The page that a link in a mail opens, as a person uses it."""

from playwright.sync_api import Page

ADDRESS = "ada@example.com"
INCOMPLETE = "This link is not complete"


def confirm(page: Page) -> None:
    page.get_by_role("button", name="Confirm my email").click()
