"""The page that a link in a mail opens, driven in a real browser."""

from urllib.parse import urlsplit

import pytest
from harness.inbox import Postbox
from harness.service import Service
from playwright.sync_api import Page, Request, expect

# The page is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ADDRESS = "ada@example.com"


@pytest.fixture
def settings(settings: dict[str, str]) -> dict[str, str]:
    return {**settings, "POLICY": "church"}


@pytest.fixture
def link(service: Service, postbox: Postbox) -> str:
    """Ada is registered, and this is her link."""
    service.register(role="member")
    return postbox.link(ADDRESS)


def confirm(page: Page) -> None:
    page.get_by_role("button", name="Confirm my email").click()


def test_opening_the_link_spends_nothing(service: Service, page: Page, link: str):
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright cannot call a built-in

    page.goto(link)
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("button", name="Confirm my email")).to_be_enabled()
    assert {request.method for request in requests} == {"GET"}
    assert service.login()["__typename"] == "EmailNotVerifiedError"


def test_the_button_verifies(service: Service, page: Page, link: str):
    page.goto(link)
    confirm(page)

    expect(page.get_by_role("status")).to_have_text(
        f"Thank you. {ADDRESS} is confirmed, and you can log in now."
    )
    expect(page.get_by_role("heading")).to_have_text("Your email address is confirmed")
    expect(page).to_have_title("Your email address is confirmed")
    expect(page.get_by_role("button")).to_be_hidden()
    assert service.login()["__typename"] == "LoginSuccess"


def test_no_url_and_no_header_of_a_request_has_the_token(page: Page, link: str):
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright cannot call a built-in
    token = link.partition("#token=")[2]

    page.goto(link)
    confirm(page)
    expect(page.get_by_role("status")).to_contain_text("Thank you")

    # Playwright shows a URL with its fragment, which the browser does not send.
    sent = [request.url.partition("#")[0] for request in requests]
    sent += [str(request.all_headers()) for request in requests]
    assert any(token in (request.post_data or "") for request in requests)
    assert not any(token in text for text in sent)
    assert token not in page.url


def test_the_page_asks_nobody_but_its_own_server_and_the_console_stays_quiet(
    service: Service, page: Page, link: str
):
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(link)
    confirm(page)
    expect(page.get_by_role("status")).to_contain_text("Thank you")

    assert {urlsplit(url).netloc for url in requests} == {urlsplit(service.url).netloc}
    assert complaints == []


def test_an_expired_link_says_what_to_do(service: Service, page: Page, link: str):
    service.clock.advance(hours=24)
    page.goto(link)
    confirm(page)

    expect(page.get_by_role("status")).to_have_text(
        "This link has expired. Ask for another mail where you registered."
    )


def test_a_link_that_was_cut_says_what_to_do(page: Page, link: str):
    page.goto(link[:-5])
    confirm(page)

    expect(page.get_by_role("status")).to_have_text(
        "This link is not complete. Open it from the mail once more, or copy all of it."
    )


def test_the_page_without_a_token_has_no_button(service: Service, page: Page):
    page.goto(f"{service.url}/verify")

    expect(page.get_by_role("status")).to_contain_text("This link is not complete")
    expect(page.get_by_role("button")).to_be_hidden()
