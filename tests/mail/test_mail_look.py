"""Mails as mail programs show them: in a real Chromium, light and dark, with nothing loaded."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from harness.processes import connectx
from playwright.sync_api import Browser, Page

from languages.catalogues import LANGUAGES
from mail.message.preview import CODE, LINK, SERVER, samples

# For each text that is seen: its color and what it stands on, as red, green and blue.
COLORS = """
() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const background = (element) => {
    for (; element; element = element.parentElement) {
      const color = parse(getComputedStyle(element).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color.slice(0, 3);
    }
    return null;
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim();
    const element = texts.currentNode.parentElement;
    if (text && element.checkVisibility()) {
      const color = parse(getComputedStyle(element).color);
      found.push([text, color.slice(0, 3), background(element)]);
    }
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The messages of `connectx mail preview`, which are what the mail server gets."""
    folder = tmp_path_factory.mktemp("mails")
    assert connectx("mail", "preview", "--out", str(folder)).returncode == 0
    return {path.stem: path for path in folder.glob("*.eml")}


def message(path: Path) -> EmailMessage:
    read = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def html(path: Path) -> str:
    return message(path).get_body(("html",)).get_content()


def luminance(color: list[float]) -> float:
    """WCAG 2.2, relative luminance."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: list[float], other: list[float]) -> float:
    """WCAG 2.2, contrast ratio; 4.5 is what AA asks of text."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_a_mail_is_its_plain_text_and_then_its_html(mails: dict[str, Path]):
    assert len(mails) == len(samples()) * len(LANGUAGES)
    for path in mails.values():
        mail = message(path)
        assert mail.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in mail.iter_parts()] == [
            "text/plain",
            "text/html",
        ]
        assert mail["auto-submitted"] == "auto-generated"
        assert mail["message-id"]


def test_the_plain_text_has_all_that_is_needed_and_no_markup(mails: dict[str, Path]):
    for name, path in mails.items():
        text = message(path).get_body(("plain",)).get_content()
        values = next(each.values for each in samples() if each.name == name.partition(".")[0])
        assert (CODE in text) == (values.get("code") is not None)
        assert ("/disown-registration" in text) == ("disown_link" in values)
        assert (LINK in text) == (values.get("link") is not None)
        assert not re.search(r"<\w|&\w+;|%\(|\{\{", text)
        assert max(len(line) for line in text.splitlines() if SERVER not in line) <= 76


def test_a_mail_says_its_language_and_has_a_text_for_every_image(mails: dict[str, Path]):
    for name, path in mails.items():
        content = BeautifulSoup(html(path), "html.parser")
        assert content.html["lang"] == name.rpartition(".")[2]
        assert content.title.get_text() == message(path)["subject"]
        assert [image for image in content.find_all("img") if not image.get("alt")] == []
        # Tables that only lay out are none for a screen reader.
        assert {table.get("role") for table in content.find_all("table")} == {"presentation"}


def test_a_mail_names_nothing_from_elsewhere(mails: dict[str, Path]):
    for path in mails.values():
        content = html(path)
        parsed = BeautifulSoup(content, "html.parser")
        assert not re.search(r"url\(|@import|@font-face", content, re.IGNORECASE)
        assert not parsed.find_all(["script", "link", "iframe", "object", "embed", "form", "base"])
        assert not parsed.find_all(attrs={"src": True})
        assert not parsed.find_all(attrs={"srcset": True})
        assert not parsed.find_all(attrs={"background": True})


def test_opening_a_mail_sends_no_request(page: Page, mails: dict[str, Path], tmp_path: Path):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened = []
    for name, path in sorted(mails.items()):
        shown = tmp_path / f"{name}.html"
        shown.write_text(html(path))
        opened.append(shown.as_uri())
        page.goto(shown.as_uri())  # until it has loaded all that it names
    page.wait_for_load_state("networkidle")

    assert asked == opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_readable_on_its_background(
    page: Page, mails: dict[str, Path], artifacts: Path, scheme: str
):
    page.emulate_media(color_scheme=scheme)
    faint, widths = [], set()
    for name, path in sorted(mails.items()):
        page.set_content(html(path))
        page.screenshot(path=artifacts / f"mail-{name}-{scheme}.png", full_page=True)
        found = page.evaluate(COLORS)
        assert len(found) >= 4
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        is_dark = luminance([float(part) for part in re.findall(r"[\d.]+", ground)[:3]]) < 0.05
        assert is_dark == (scheme == "dark")
        faint += [(name, text) for text, on, under in found if contrast(on, under) < 4.5]
        widths.add(page.evaluate("document.documentElement.scrollWidth"))

    assert faint == []
    assert widths == {390}
