"""The page that a link in a mail opens, driven in a real browser."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from harness.accessibility import serious_violations
from harness.database import create_tenant
from harness.inbox import Postbox
from harness.logos import PNG
from harness.paths import OPERATIONS
from harness.service import Service, running
from playwright.sync_api import Browser, Page, Request, expect

from accounts.operator.letterheads import Letterhead
from languages.catalogues import LANGUAGES

# The page is the same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ADDRESS = "ada@example.com"
THANKS = (
    f"Thank you. {ADDRESS} is confirmed. You can close this page and log in to ConnectX where you "
    "registered."
)
INCOMPLETE = "This link is not complete"


@pytest.fixture
def settings(settings: dict[str, str]) -> dict[str, str]:
    # The strictest server: no document runs but those of its page, and those of the clients.
    trusted = {"TRUSTED_DOCUMENTS": str(OPERATIONS), "TRUSTED_DOCUMENTS_ONLY": "on"}
    return {**settings, **trusted, "POLICY": "church"}


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
    service: Service, page: Page, postbox: Postbox, link: str
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
    page.goto(postbox.link(ADDRESS, count=2))
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


def test_the_page_names_the_tenant_and_leads_on(
    settings: dict[str, str], page: Page, postbox: Postbox, database_url: str, tmp_path: Path
):
    (tmp_path / "logo.png").write_bytes(PNG)
    named = Letterhead(display_name="Grace Church, Leeds")
    tenant = create_tenant(database_url, letterhead=named)
    chosen = {"APP_URL": "https://app.example/#/in", "SUPPORT": "help@example.com"}
    with running(**settings, **chosen, LOGO=str(tmp_path / "logo.png")) as service:
        service.register(role="member", tenant=tenant)
        page.goto(postbox.link(ADDRESS))
        logo = page.get_by_role("img", name="ConnectX")
        expect(page.locator("#product")).to_be_hidden()
        size = logo.evaluate("image => image.decode().then(() => image.naturalWidth)")
        help_ = page.get_by_role("link", name="help@example.com")
        expect(help_).to_have_attribute("href", "mailto:help@example.com")
        confirm(page)
        onward = page.get_by_role("link", name="Continue to Grace Church, Leeds")
        expect(onward).to_have_attribute("href", f"https://app.example/?tenant={tenant}#/in")
        expect(page.locator("#product")).to_have_text("Grace Church, Leeds")
        expect(page.locator("#product")).to_be_visible()
        status = page.get_by_role("status")
        expect(status).to_contain_text("you can log in now.")

    assert size == 20


def test_the_page_leads_to_the_web_app_that_the_server_serves(
    settings: dict[str, str], page: Page, postbox: Postbox, tmp_path: Path
):
    (tmp_path / "index.html").write_text("<!doctype html><title>An app</title>")
    with running(**settings, WEB_DIR=str(tmp_path)) as service:
        service.register(role="member")
        page.goto(postbox.link(ADDRESS))
        confirm(page)
        page.get_by_role("link", name="Continue to ConnectX").click()

        expect(page).to_have_url(f"{service.url}/#/login")


def test_the_page_speaks_the_language_of_the_browser(
    settings: dict[str, str], browser: Browser, postbox: Postbox
):
    with running(**settings, LANGUAGE="fr") as service:
        answers = [
            service.http.get("/verify", headers={"accept-language": each})
            for each in (*LANGUAGES, "nl", "nl, es-MX;q=0.5")
        ]
        service.register(role="member")
        context = browser.new_context(locale="de-AT")
        page = context.new_page()
        page.goto(postbox.link(ADDRESS))
        service.clock.advance(hours=24)
        page.get_by_role("button", name="Meine E\u2011Mail-Adresse bestätigen").click()
        expect(page).to_have_title("Dieser Link ist abgelaufen")
        page.get_by_role("button", name="E\u2011Mail erneut senden").click()
        expect(page.get_by_role("status")).to_contain_text("ist eine neue E-Mail unterwegs")
        page.get_by_role("button", name="E\u2011Mail erneut senden").click()
        expect(page.get_by_role("timer")).to_contain_text("in 60 Sekunden")
        context.close()

    languages = [answer.text.partition('<html lang="')[2][:2] for answer in answers]
    assert languages == [*LANGUAGES, "fr", "es"]
    assert {answer.headers["vary"] for answer in answers} == {"Accept-Language"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_state(
    service: Service, page: Page, link: str, web_app: Path, artifacts: Path, scheme: str
):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 844})
    found = []

    def look(state: str, heading: str) -> None:
        expect(page.get_by_role("heading")).to_have_text(heading)
        found.extend(serious_violations(page))
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.screenshot(path=artifacts / f"verify-{state}-{scheme}.png")

    page.goto(link)
    look("ready", "Confirm your email address")
    service.clock.advance(hours=24)
    confirm(page)
    look("expired", "This link has expired")
    service.clock.advance(hours=-24)
    page.goto(f"{link}x")
    confirm(page)
    look("incomplete", INCOMPLETE)
    page.goto(link)
    confirm(page)
    look("done", "Your email address is confirmed")

    assert found == []
