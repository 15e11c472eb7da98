"""GraphiQL in a browser, as a person uses it."""

import re

from playwright.sync_api import Locator, Page, expect


def open_explorer(page: Page, url: str) -> None:
    page.goto(f"{url}/graphql")
    wait_for_schema(page)


def wait_for_schema(page: Page) -> None:
    expect(editor(page, "query-editor")).to_be_visible()
    # The spinner of the documentation goes when the introspection has been answered.
    page.get_by_label("Show Documentation Explorer").click()
    expect(page.get_by_role("link", name="Mutation", exact=True)).to_be_visible()
    page.get_by_label("Hide Documentation Explorer").click()


def editor(page: Page, name: str) -> Locator:
    return page.locator(f".graphiql-{name} .view-lines").first


def tabs(page: Page) -> Locator:
    # Not by role: the role "tab" includes the button that closes it.
    return page.locator(".graphiql-tab-button")


def open_tab(page: Page, title: str) -> None:
    tabs(page).filter(has_text=re.compile(f"^{title}$")).click()
