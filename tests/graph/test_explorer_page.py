"""The page that a browser gets at /graphql, driven in a real browser."""

from pathlib import Path

import pytest
from harness.browser import origin
from harness.explorer import editor, open_explorer, open_tab
from harness.postbox import Postbox
from harness.service import Service, running
from playwright.sync_api import Browser, Page, expect

# The page is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_page_asks_nobody_but_its_own_origin_and_the_console_shows_no_error(
    service: Service, page: Page
) -> None:
    requests: list[str] = []
    answers: list[tuple[bool, str]] = []
    said: list[tuple[str, str]] = []
    thrown: list[str] = []
    page.context.on("request", lambda request: requests.append(request.url))  # the workers' too
    page.context.on("response", lambda answer: answers.append((answer.ok, answer.url)))
    page.on("console", lambda message: said.append((message.type, message.text)))
    page.on("pageerror", lambda error: thrown.append(str(error)))

    open_explorer(page, service.url)
    page.get_by_label("Show GraphiQL Explorer").click()
    expect(page.locator(".graphiql-explorer-root")).to_contain_text("verificationStatus")
    page.get_by_label("Prettify query").click()  # loads the last of the built files
    page.wait_for_load_state("networkidle")

    assert {origin(url) for url in requests} == {origin(service.url)}
    assert any("worker" in url for url in requests)
    assert [url for ok, url in answers if not ok] == []
    # A violation of the Content-Security-Policy is a console error too.
    assert [text for kind, text in said if kind == "error"] == []
    assert thrown == []


def test_the_editor_completes_and_checks_against_the_schema(service: Service, page: Page) -> None:
    open_explorer(page, service.url)
    page.get_by_label("New tab").click()
    editor(page, "query-editor").click()

    page.keyboard.type("mutation { regis")
    expect(page.locator(".suggest-widget.visible")).to_contain_text("RegisterResult!")

    page.keyboard.press("Escape")
    page.keyboard.type("ter_everybody")
    expect(page.locator(".graphiql-query-editor .squiggly-error").first).to_be_visible()


def test_a_subscription_shows_what_comes_as_it_comes(
    service: Service, page: Page, postbox: Postbox
) -> None:
    handle = service.register()["verification"]["id"]
    open_explorer(page, service.url)
    page.get_by_label("New tab").click()
    editor(page, "query-editor").click()
    page.keyboard.insert_text(f'subscription {{ verificationChanged(id: "{handle}") }}')

    page.get_by_role("button", name="Execute query").click()
    expect(editor(page, "response")).to_contain_text('"verificationChanged": "PENDING"')
    service.verify(postbox.code("ada@example.com"))

    expect(editor(page, "response")).to_contain_text('"verificationChanged": "VERIFIED"')


def test_the_page_leads_to_the_mailbox_only_where_there_is_one(
    settings: dict[str, str], page: Page
) -> None:
    with running(**settings) as sending:
        open_explorer(page, sending.url)
        open_tab(page, "VerifyEmail")
        expect(editor(page, "query-editor")).to_contain_text("2.")
        assert "mailbox" not in editor(page, "query-editor").inner_text()
        expect(page.get_by_role("link", name="mailbox")).to_have_count(0)

    del settings["SMTP_URL"]
    with running(**settings) as showing:
        page.goto(f"{showing.url}/graphql")
        with page.expect_popup() as opened:
            page.get_by_role("link", name="mailbox").click()
        expect(opened.value.get_by_role("heading", name="Mailbox")).to_be_visible()


def test_on_a_phone_the_answer_is_below_the_operation(
    settings: dict[str, str], browser: Browser, artifacts: Path
) -> None:
    del settings["SMTP_URL"]
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    with running(**settings) as service:
        page.goto(f"{service.url}/graphql")
        expect(editor(page, "response")).to_contain_text('"passwordMinLength": 8')
        open_tab(page, "Register")
        page.get_by_role("button", name="Execute query").click()
        expect(editor(page, "response")).to_contain_text('"__typename": "RegisterSuccess"')
        page.screenshot(path=artifacts / "explorer-phone.png")
        operation = page.locator(".graphiql-query-editor").bounding_box()
        answer = page.locator(".graphiql-response").bounding_box()
        width = page.evaluate("document.documentElement.scrollWidth")
        menu = page.get_by_label("Show Documentation Explorer")
        expect(menu).to_be_in_viewport(ratio=1)
        context.close()

    assert operation
    assert answer
    assert operation["y"] + operation["height"] <= answer["y"]
    assert min(operation["width"], answer["width"]) > 330
    assert min(operation["height"], answer["height"]) > 150
    assert width == 390
