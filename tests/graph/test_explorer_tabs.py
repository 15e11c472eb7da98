"""GraphiQL's tabs: a tour for a first visitor, kept as a returning one left them."""

import re
from pathlib import Path

import pytest
from harness.explorer import editor, open_explorer, open_tab, tabs, wait_for_schema
from harness.service import Service
from playwright.sync_api import Page, expect

# The page is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TOUR = [
    "Welcome",
    "Register",
    "VerifyEmail",
    "ResendVerification",
    "Login",
    "Viewer",
    "RegisterAtChurch",
    "RegistrationPolicy",
]

# Not wait_for_function, which needs eval, which the page's Content-Security-Policy forbids.
UNTIL_THE_THIRD_TAB_IS_STORED = """() => new Promise((done, fail) => {
  setTimeout(() => fail(new Error("the tabs were not stored")), 5000);
  (function look() {
    const stored = JSON.parse(localStorage["connectx:graphiql:tabState"] ?? "{}");
    stored.activeTabIndex === 2 ? done() : requestAnimationFrame(look);
  })();
})"""


def test_a_first_visitor_finds_an_answer_and_the_tour_in_the_tabs(
    service: Service, page: Page
) -> None:
    page.goto(f"{service.url}/graphql")

    expect(editor(page, "response")).to_contain_text('"passwordMinLength": 8')
    expect(tabs(page)).to_have_text(TOUR)
    open_tab(page, "Register")
    expect(editor(page, "editor-tool")).to_contain_text("alan@example.com")


def test_running_the_register_tab_shows_register_success(
    service: Service, page: Page, artifacts: Path
) -> None:
    open_explorer(page, service.url)
    open_tab(page, "Register")

    page.get_by_role("button", name="Execute query").click()

    expect(editor(page, "response")).to_contain_text('"__typename": "RegisterSuccess"')
    expect(editor(page, "response")).to_contain_text('"email": "alan@example.com"')
    page.screenshot(path=artifacts / "explorer.png")


def test_no_variables_of_the_tour_are_marked_as_wrong(service: Service, page: Page) -> None:
    open_explorer(page, service.url)

    for name in TOUR[1:5]:
        open_tab(page, name)
        expect(editor(page, "editor-tool")).to_contain_text('"input"')
        page.wait_for_timeout(1500)  # marks come late
        assert page.locator(".graphiql-editor-tool .squiggly-error").count() == 0, name


def test_the_viewer_tab_holds_a_place_for_the_access_token(service: Service, page: Page) -> None:
    open_explorer(page, service.url)

    open_tab(page, "Viewer")
    page.get_by_role("button", name="Headers").click()

    headers = page.get_by_label("Headers").locator(".graphiql-editor:not(.hidden)")
    expect(headers).to_contain_text('"Authorization": "Bearer <paste accessToken here>"')


def test_a_returning_visitor_finds_their_tabs_as_they_left_them(
    service: Service, page: Page
) -> None:
    open_explorer(page, service.url)
    open_tab(page, "VerifyEmail")
    page.evaluate(UNTIL_THE_THIRD_TAB_IS_STORED)

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    page.reload()
    wait_for_schema(page)

    assert [body for body in asked if "VerifyEmail(" in body] == []  # nothing runs by itself again
    expect(tabs(page)).to_have_text(TOUR)
    expect(editor(page, "query-editor")).to_contain_text(re.compile(r"mutation\s+VerifyEmail"))
    expect(editor(page, "editor-tool")).to_contain_text('"otp": "123456"')
