"""What somebody gets who opens an address at which there is nothing."""

import httpx
import pytest
from harness.accessibility import serious_violations
from harness.service import Service
from playwright.sync_api import Browser, expect

# The page is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("path", ["/nope", "/verify/x", "/logo/a/b.png"])
def test_a_browser_gets_a_page_in_its_language_with_a_way_back(
    service: Service, browser: Browser, web_app: object, path: str
):
    with browser.new_context(locale="de", viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        answer = page.goto(service.url + path)
        assert answer
        assert answer.status == 404
        expect(page.get_by_role("heading", name="Diese Seite gibt es nicht")).to_be_visible()
        assert page.title() == "Diese Seite gibt es nicht · ConnectX"
        assert page.locator("html").get_attribute("lang") == "de"
        sheets = page.evaluate("Array.from(document.styleSheets, (sheet) => sheet.cssRules.length)")
        assert len(sheets) == 1
        assert sheets[0] > 5
        assert serious_violations(page) == []

        page.get_by_role("link", name="Zur ersten Seite").click()

        expect(page).to_have_url(f"{service.url}/graphql")


def test_a_program_gets_plain_text(service: Service):
    answer = httpx.get(f"{service.url}/nope")

    assert (answer.status_code, answer.text) == (404, "Not Found")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
