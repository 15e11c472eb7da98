"""The pages that links in mails open, as a person reads and uses them."""

from playwright.sync_api import Page, expect

APP = "https://app.example"
"""Where the pages lead on to, as `APP_URL` says."""


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def leads_on(page: Page) -> None:
    """The page has a link to where people log in."""
    onward = page.get_by_role("link", name="Continue to ConnectX", exact=True)
    expect(onward).to_have_attribute("href", f"{APP}/")
