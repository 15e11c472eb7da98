"""The product's logo, its support and the first line of its mails."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from harness.database import create_tenant
from harness.logos import LOGOS, PNG
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import running

from languages.catalogues import LANGUAGES
from mail.message.preview import samples

ADDRESS = "ada@example.com"
SUPPORT = "https://help.example/a?b=1&c=2"
FIRST_LINES = {
    "verification-code.en": "Enter 123456 where you registered. It works for 10 minutes.",
    "verification-code-and-link.de": (
        "Geben Sie 123456 dort ein, wo Sie sich registriert haben. Der Code gilt 10 Minuten."
    ),
    "verification-link.en": (
        "Press the button to confirm your address. The link works for 24 hours."
    ),
    "account-exists.en": (
        "Log in with the account that you have. If it was not you, you can ignore this email."
    ),
}

of_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `connectx mail preview` writes with a logo, a support and a page to log in."""
    folder = tmp_path_factory.mktemp("mails")
    (folder / "logo.png").write_bytes(PNG)
    chosen = {
        "LOGO": str(folder / "logo.png"),
        "SUPPORT": SUPPORT,
        "APP_URL": "https://app.example",
    }
    result = connectx("mail", "preview", "--out", str(folder), PRODUCT_NAME="A & B", **chosen)
    assert result.returncode == 0
    return folder


def read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage) -> BeautifulSoup:
    return BeautifulSoup(message.get_body(("html",)).get_content(), "html.parser")


def kinds(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_each_mail_carries_the_logo_whose_text_is_the_products_name(mails: Path):
    paths = sorted(mails.glob("*.eml"))
    assert len(paths) == len(samples()) * len(LANGUAGES)
    for path in paths:
        message = read(path)
        assert message.defects == []
        assert kinds(message) == [
            "multipart/alternative",
            "text/plain",
            "multipart/related",
            "text/html",
            "image/png",
        ]
        *_, image = message.walk()
        [shown] = body(message).find_all("img")
        assert shown["alt"] == "A & B"
        assert f"<{shown['src'].removeprefix('cid:')}>" == image["content-id"]
        assert (image.get_content_disposition(), image.get_content()) == ("inline", PNG)
        # Pages that show a mail have no attachments.
        html = path.with_suffix(".html").read_text()
        assert BeautifulSoup(html, "html.parser").img["src"].startswith("data:image/png;base64,")


def test_each_mail_names_the_support(mails: Path):
    for path in mails.glob("*.eml"):
        message = read(path)
        assert message.get_body(("plain",)).get_content().rstrip().endswith(f"? {SUPPORT}")
        assert body(message).find("a", href=SUPPORT).get_text() == SUPPORT


@pytest.mark.parametrize("mail", FIRST_LINES)
def test_a_mail_begins_with_a_line_for_lists_of_mails_that_is_not_shown(mails: Path, mail: str):
    first = body(read(mails / f"{mail}.eml")).body.find("div")

    text = first.get_text().rstrip("\u034f\u200c\xa0\n")
    assert text.strip() == FIRST_LINES[mail]
    assert len(first.get_text()) > 200  # what follows is not in the list
    assert "display: none" in first["style"]


def test_the_notice_leads_to_the_page_to_log_in(mails: Path):
    message = read(mails / "account-exists.en.eml")

    assert body(message).find("a", href="https://app.example").get_text() == "Log in to A & B"
    assert "\nhttps://app.example\n" in message.get_body(("plain",)).get_content()


@of_one_database
def test_a_tenants_mail_over_smtp_has_the_logo_and_the_tenants_name(
    settings: dict[str, str], postbox: Postbox, database_url: str, tmp_path: Path
):
    (tmp_path / "logo").write_bytes(PNG)
    with running(**settings, LOGO=str(tmp_path / "logo"), SUPPORT="help@example.com") as service:
        service.register(role="member", tenant=create_tenant(database_url))
        message = postbox.newest(ADDRESS)

    assert kinds(message)[2:] == ["multipart/related", "text/html", "image/png"]
    assert body(message).img["alt"] == "Grace Church"
    assert body(message).find("a", href="mailto:help@example.com")


@of_one_database
@pytest.mark.parametrize("case", ["an SVG", "an operator's frame"])
def test_a_mail_without_a_place_for_the_image_carries_none(
    settings: dict[str, str], postbox: Postbox, tmp_path: Path, case: str
):
    (tmp_path / "logo").write_bytes(LOGOS["svg"] if case == "an SVG" else PNG)
    chosen = {"LOGO": str(tmp_path / "logo"), "SUPPORT": "help@example.com"}
    if case == "an operator's frame":
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "layout.html").write_text(
            "<p>{{ product }}</p>{% block content %}{% endblock %}"
            "{% if logo and app_url %}{{ app_url }}{% endif %}<i>{{ support }}</i>{{ support_url }}"
        )
        chosen["MAIL_TEMPLATES"] = str(tmp_path / "own")
    with running(**settings, **chosen) as service:
        service.register()
        message = postbox.newest(ADDRESS)

    assert kinds(message) == ["multipart/alternative", "text/plain", "text/html"]
    assert not body(message).find_all("img")
    assert "ConnectX" in body(message).p.get_text()
    assert "help@example.com" in body(message).get_text()
