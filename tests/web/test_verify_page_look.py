"""What the page that a link in a mail opens looks like, its languages, and where it leads."""

from pathlib import Path

import pytest
from harness.accessibility import serious_violations
from harness.database import create_tenant
from harness.logos import PNG
from harness.mailbox import Mailbox
from harness.service import Service, running
from harness.verify_page import ADDRESS, INCOMPLETE, confirm
from harness.web_app_page import change_database
from playwright.sync_api import Browser, Page, expect

from accounts.operator.letterheads import Letterhead
from languages.catalogues import LANGUAGES

pytestmark = [
    # The page is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.settings(POLICY="church"),
]


def test_the_page_names_the_tenant_from_the_start_and_leads_on(
    settings: dict[str, str], page: Page, database_url: str, tmp_path: Path
):
    (tmp_path / "logo.png").write_bytes(PNG)
    named = Letterhead(display_name="Grace Church, Leeds")
    tenant = create_tenant(database_url, letterhead=named)
    chosen = {"APP_URL": "https://app.example/#/in", "SUPPORT": "help@example.com"}
    with running(**settings, **chosen, LOGO=str(tmp_path / "logo.png")) as service:
        service.register(role="member", tenant=tenant)
        page.goto(f"{service.url}/verify")
        logo = page.get_by_role("img", name="ConnectX")
        product = page.locator("#product")
        expect(product).to_be_hidden()
        page.goto(Mailbox(service).link(ADDRESS))
        expect(product).to_have_text("Grace Church, Leeds")
        expect(product).to_be_visible()
        size = logo.evaluate("image => image.decode().then(() => image.naturalWidth)")
        help_ = page.get_by_role("link", name="help@example.com")
        expect(help_).to_have_attribute("href", "mailto:help@example.com")
        page.reload()
        confirm(page)
        onward = page.get_by_role("link", name="Continue to Grace Church, Leeds")
        expect(onward).to_have_attribute("href", f"https://app.example/?tenant={tenant}#/in")
        expect(product).to_have_text("Grace Church, Leeds")
        status = page.get_by_role("status")
        expect(status).to_contain_text("you can log in now.")

    assert size == 20


def test_a_page_at_no_tenant_is_that_of_the_servers_own_product(service: Service):
    nobody = "018f0000-0000-7000-8000-000000000000"
    pages = [service.http.get("/verify", params={"tenant": each}) for each in (nobody, "x", "")]

    assert [page.text for page in pages] == [service.http.get("/verify").text] * 3


def test_a_page_opens_though_the_policy_of_its_tenant_is_damaged(
    settings: dict[str, str], database_url: str, caplog: pytest.LogCaptureFixture
):
    tenant = create_tenant(database_url)
    with running(**settings) as service:
        whole = service.http.get("/verify").text
        change_database(settings, "UPDATE tenants SET policy = '[]'")
        page = service.http.get("/verify", params={"tenant": tenant})

    assert (page.status_code, page.text) == (200, whole)
    assert "the page of a link cannot name its tenant" in caplog.text


def test_the_page_leads_to_the_web_app_that_the_server_serves(
    settings: dict[str, str], page: Page, tmp_path: Path
):
    (tmp_path / "index.html").write_text("<!doctype html><title>An app</title>")
    with running(**settings, WEB_DIR=str(tmp_path)) as service:
        service.register(role="member")
        page.goto(Mailbox(service).link(ADDRESS))
        confirm(page)
        page.get_by_role("link", name="Continue to ConnectX").click()

        expect(page).to_have_url(f"{service.url}/#/login")


def test_the_page_speaks_the_language_of_the_browser(settings: dict[str, str], browser: Browser):
    with running(**settings, LANGUAGE="fr") as service:
        answers = [
            service.http.get("/verify", headers={"accept-language": each})
            for each in (*LANGUAGES, "nl", "nl, es-MX;q=0.5")
        ]
        service.register(role="member")
        context = browser.new_context(locale="de-AT")
        page = context.new_page()
        page.goto(Mailbox(service).link(ADDRESS))
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
