"""The web app in other languages, and a person on a phone from a slip to the account."""

from collections.abc import Iterator

import pytest
from harness.mailbox import Mailbox
from harness.service import Service
from harness.web_app_page import EMAIL, PASSWORD, AppPage
from playwright.sync_api import Browser, expect

pytestmark = [
    # The app is the same whatever the database.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("served_app"),
]

ADDRESS = "E\u2011Mail-Adresse"


@pytest.fixture
def phone(browser: Browser, service: Service) -> Iterator[AppPage]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        locale="de-DE",
        timezone_id="Europe/Berlin",
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield AppPage(context.new_page(), service.url)
    context.close()


def tap(phone: AppPage, role: str, name: str) -> None:
    phone.page.get_by_role(role, name=name, exact=True).tap()


def paste(phone: AppPage, text: str) -> None:
    """As from the mail app, into the field that has the focus."""
    phone.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    phone.page.keyboard.press("ControlOrMeta+A")
    phone.page.keyboard.press("ControlOrMeta+V")


def register(phone: AppPage, address: str) -> None:
    phone.field(ADDRESS).fill(address)
    phone.field("Passwort").fill(PASSWORD)
    tap(phone, "button", "Konto erstellen")
    phone.shows("Geben Sie Ihren Code ein")
    expect(phone.page.get_by_role("main")).to_contain_text(
        f"Wir haben einen sechsstelligen Code an {address} geschickt."
    )


def test_a_slip_in_the_address_is_mended_and_the_password_is_not_typed_again(
    phone: AppPage, mailbox: Mailbox
):
    phone.open()
    phone.shows("Konto erstellen")
    assert phone.page.evaluate("document.documentElement.lang") == "de"
    tap(phone, "button", "Konto erstellen")
    expect(phone.field(ADDRESS)).to_have_accessible_description(
        "Geben Sie Ihre E-Mail-Adresse ein."
    )

    phone.field("Name").fill("Ada Lovelace")
    register(phone, "ada@exmaple.com")
    tap(phone, "link", "Adresse ändern")
    expect(phone.field("Name")).to_have_value("Ada Lovelace")
    expect(phone.field(ADDRESS)).to_have_value("ada@exmaple.com")
    expect(phone.field("Passwort")).to_have_value("")

    register(phone, EMAIL)
    expect(phone.page.get_by_text("Der Code gilt 10 Minuten, bis ")).to_be_visible()
    expect(phone.page.get_by_role("timer")).to_contain_text("eine neue anfordern.")
    phone.field("Code").press_sequentially("abcde")
    tap(phone, "button", "Bestätigen")
    expect(phone.field("Code")).to_have_accessible_description("Der Code hat sechs Ziffern.")
    expect(phone.field("Code")).to_be_focused()
    paste(phone, mailbox.code(EMAIL))

    phone.shows("Guten Tag, Ada Lovelace")
    expect(phone.page.get_by_role("definition").nth(2)).to_contain_text("20")
    expect(phone.page.get_by_role("region", name="Profil", exact=True)).to_contain_text(
        "Profil bearbeiten"
    )
    assert phone.faults == []
    assert PASSWORD not in phone.page.evaluate("JSON.stringify(sessionStorage)")


@pytest.mark.parametrize(
    ("languages", "spoken", "title"),
    [
        ("es-MX", "es", "Crear una cuenta"),
        ("fr-CA", "fr", "Créer un compte"),
        ("pt-BR", "en", "Create an account"),
    ],
)
def test_the_app_speaks_the_first_language_of_the_browser_that_it_knows(
    browser: Browser, service: Service, languages: str, spoken: str, title: str
):
    context = browser.new_context(locale=languages)
    app = AppPage(context.new_page(), service.url)
    app.open()

    app.shows(title)
    assert app.page.evaluate("document.documentElement.lang") == spoken
    context.close()
