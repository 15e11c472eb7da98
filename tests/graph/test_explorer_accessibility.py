"""Axe on each part of GraphiQL: its panels, dialogs and tabs, on a phone and on a desktop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.accessibility import serious_violations
from harness.explorer import editor, open_explorer, open_tab
from harness.service import Service
from playwright.sync_api import Browser, Page, expect

# The page is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(params=["light", "dark"])
def page(
    request: pytest.FixtureRequest, browser: Browser, service: Service, width: int, web_app: Path
) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=request.param,
        reduced_motion="reduce",
    )
    page = context.new_page()
    open_explorer(page, service.url)
    expect(editor(page, "response")).to_contain_text('"passwordMinLength": 8')
    yield page
    context.close()


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing_serious_in_the_editors(page: Page) -> None:
    open_tab(page, "Register")
    page.get_by_role("button", name="Execute query").click()
    expect(editor(page, "response")).to_contain_text('"__typename": "RegisterSuccess"')

    assert serious_violations(page) == []


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing_serious_in_the_documentation(page: Page) -> None:
    page.get_by_label("Show Documentation Explorer").click()
    found = serious_violations(page)
    page.get_by_role("link", name="Mutation", exact=True).click()
    field = page.get_by_role("link", name="register", exact=True)
    expect(field).to_be_visible()
    found += serious_violations(page)
    field.click()
    expect(page.get_by_role("link", name="RegisterInput")).to_be_visible()
    found += serious_violations(page)

    assert found == []


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing_serious_in_the_explorer_and_the_history(page: Page) -> None:
    page.get_by_label("Show GraphiQL Explorer").click()
    expect(page.get_by_label("Kind of operation")).to_be_visible()
    found = serious_violations(page)
    page.get_by_label("Show History").click()
    expect(page.locator(".graphiql-history").get_by_role("button", name="Welcome")).to_be_visible()
    found += serious_violations(page)

    assert found == []


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing_serious_in_the_commands_and_the_suggestions(page: Page) -> None:
    editor(page, "query-editor").click()
    page.keyboard.press("F1")
    expect(page.locator(".quick-input-widget .monaco-list-row").first).to_be_visible()
    found = serious_violations(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Space")
    expect(page.locator(".suggest-widget.visible .monaco-list-row.focused")).to_be_visible()
    found += serious_violations(page)

    assert found == []


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing_serious_in_the_dialogs(page: Page) -> None:
    found = []
    for dialog in ("short keys", "settings"):
        page.get_by_label(f"Open {dialog} dialog").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found += serious_violations(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)

    assert found == []


@pytest.mark.parametrize("width", [1400])
def test_a_screen_reader_hears_which_operation_is_open(page: Page) -> None:
    expect(page.locator("[aria-current=true]")).to_have_text("Welcome")

    open_tab(page, "Register")

    expect(page.locator("[aria-current=true]")).to_have_text("Register")


@pytest.mark.parametrize("width", [390])
def test_on_a_phone_the_documentation_has_the_whole_width(page: Page) -> None:
    page.get_by_label("Show Documentation Explorer").click()
    panel = page.locator(".graphiql-plugin").bounding_box()
    page.get_by_label("Hide Documentation Explorer").click()

    assert panel
    assert (panel["x"], panel["width"]) == (0, 390)
    expect(editor(page, "query-editor")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390])
def test_on_a_phone_no_line_of_the_operation_is_cut(page: Page) -> None:
    first = page.locator(".graphiql-query-editor .view-line").first
    expect(first).to_be_visible()
    lines = page.locator(".graphiql-query-editor .view-line > span")
    right = page.locator(".graphiql-query-editor .monaco-editor").first.bounding_box()

    assert right
    ends = [box["x"] + box["width"] for each in lines.all() if (box := each.bounding_box())]
    assert len(ends) > 8
    assert max(ends) <= right["x"] + right["width"]
