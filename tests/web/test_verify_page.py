"""The page that a link in a mail opens, driven in a real browser."""

import re
from urllib.parse import urlsplit

import pytest
from harness.mailbox import Mailbox
from harness.paths import OPERATIONS
from harness.service import Service
from harness.verify_page import ADDRESS, INCOMPLETE, confirm
from playwright.sync_api import Page, Request, expect

pytestmark = [
    # The page is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    # The strictest server: no document runs but those of its page, and those of the clients.
    pytest.mark.settings(
        POLICY="church",
        TRUSTED_DOCUMENTS=str(OPERATIONS),
        TRUSTED_DOCUMENTS_ONLY="on",
    ),
]

THANKS = (
    f"Thank you. {ADDRESS} is confirmed. You can close this page and log in to ConnectX where you "
    "registered."
)


def test_opening_the_link_spends_nothing(service: Service, page: Page, link: str):
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright cannot call a built-in

    page.goto(link)
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("button", name="Confirm my email")).to_be_enabled()
    assert {request.method for request in requests} == {"GET"}
    assert service.login()["__typename"] == "EmailNotVerifiedError"


def test_the_button_verifies_and_a_reload_changes_nothing(service: Service, page: Page, link: str):
    page.goto(link)
    page.reload()
    confirm(page)

    for _ in range(2):
        expect(page.get_by_role("status")).to_have_text(THANKS)
        expect(page.get_by_role("heading")).to_have_text("Your email address is confirmed")
        expect(page).to_have_title("Your email address is confirmed")
        expect(page.get_by_role("button")).to_have_count(0)
        page.reload()
    assert service.login()["__typename"] == "LoginSuccess"
    token = link.partition("#token=")[2]
    assert token not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


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


def test_an_expired_link_brings_another_mail_at_a_button(
    service: Service, page: Page, mailbox: Mailbox, link: str
):
    page.clock.install()
    service.clock.advance(hours=24)
    page.goto(link)
    confirm(page)
    expect(page.get_by_role("heading")).to_have_text("This link has expired")
    page.reload()
    another = page.get_by_role("button", name="Resend email")
    another.click()

    expect(page.get_by_role("heading")).to_have_text("Check your inbox")
    expect(page.get_by_role("heading")).to_be_focused()
    another.click()
    status, timer = page.get_by_role("status"), page.get_by_role("timer")
    expect(status).to_have_text("Too many attempts.")
    expect(timer).to_have_text(re.compile(r"You can try again in (60|59) seconds\."))
    expect(another).to_be_disabled()
    page.clock.fast_forward("00:40")
    expect(timer).to_have_text(re.compile(r"You can try again in (20|1\d) seconds\."))
    page.clock.fast_forward("00:20")
    expect(status).to_contain_text("another email is on its way")
    expect(timer).to_be_empty()
    expect(another).to_be_enabled()
    page.reload()
    expect(status).to_contain_text("another email is on its way")

    # The new link is opened in the same tab, where the page is still open.
    page.goto(mailbox.link(ADDRESS, count=2))
    confirm(page)
    expect(page.get_by_role("status")).to_have_text(THANKS)


def test_a_link_that_was_cut_says_what_to_do(page: Page, link: str):
    page.goto(link[:-5])
    confirm(page)

    expect(page.get_by_role("heading")).to_have_text(INCOMPLETE)
    expect(page.get_by_role("status")).to_have_text(
        "Open the link in the email once more, or copy all of it."
    )
    page.goto(link)
    confirm(page)
    expect(page.get_by_role("status")).to_have_text(THANKS)


def test_the_page_without_a_token_has_no_button(service: Service, page: Page):
    page.goto(f"{service.url}/verify")

    expect(page.get_by_role("heading")).to_have_text(INCOMPLETE)
    expect(page.get_by_role("button")).to_have_count(0)
