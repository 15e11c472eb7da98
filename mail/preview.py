"""Every letter in every language as files, to be looked at."""

from dataclasses import dataclass

from mail.languages import LANGUAGES
from mail.mime import message_bytes
from mail.rendering import Renderer, environment
from mail.smtp_url import smtp_config
from mail.transport import Message

CODE = "123456"
LINK = "https://example.com/verify#token=this-is-a-sample-and-no-link-of-anybody"

_CODE = {"code": CODE, "code_minutes": 10}
_NO_CODE = {"code": None, "code_minutes": None}
_LINK = {"link": LINK, "link_minutes": 24 * 60}
_NO_LINK = {"link": None, "link_minutes": None}


@dataclass(frozen=True)
class Sample:
    """One letter as somebody might get it."""

    name: str
    letter: str
    """By which the templates are named."""
    title: str
    values: dict[str, object]


def samples(product: str = "ConnectX") -> tuple[Sample, ...]:
    """Every letter, and each of its forms."""
    forms = (
        ("code", "Verification by code", {**_CODE, **_NO_LINK}),
        ("link", "Verification by link", {**_NO_CODE, **_LINK}),
        ("code-and-link", "Verification by code or link", {**_CODE, **_LINK}),
    )
    return (
        *(
            Sample(f"verification-{name}", "verification", title, {"product": product, **values})
            for name, title, values in forms
        ),
        Sample(
            "account-exists", "account_exists", "The address has an account", {"product": product}
        ),
    )


INDEX = "index.html"
"""The page that shows all letters."""

_RECIPIENT = "ada@example.com"


def preview_files(*, renderer: Renderer, product: str, mail_from: str) -> dict[str, bytes]:
    """Contents by file name: an .html, .txt and .eml of each letter, and a page with all of them.

    Codes and links in them are made up.
    """
    config = smtp_config("smtp://localhost", mail_from)
    files = {}
    shown = []
    for sample in samples(product):
        letters = {language: _letter(sample, language, renderer) for language in LANGUAGES}
        for language, letter in letters.items():
            name = f"{sample.name}.{language}"
            files[f"{name}.html"] = letter.html.encode()
            files[f"{name}.txt"] = f"{letter.subject}\n\n{letter.text}".encode()
            files[f"{name}.eml"] = message_bytes(letter, recipient=_RECIPIENT, config=config)
        shown.append((sample, letters))
    files[INDEX] = environment().get_template("preview.html").render(shown=shown).encode()
    return files


def _letter(sample: Sample, language: str, renderer: Renderer) -> Message:
    subject, text, html = renderer.render(sample.letter, sample.values, language=language)
    return Message(
        recipient=_RECIPIENT, subject=subject, text=text, html=html, message_id=sample.name
    )
