"""Every letter in every language as files, to be looked at."""

from mail.languages import LANGUAGES
from mail.letter import Letter
from mail.mime import message_bytes
from mail.rendering import Renderer, environment
from mail.samples import Sample, samples
from mail.smtp_url import smtp_config

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


def _letter(sample: Sample, language: str, renderer: Renderer) -> Letter:
    subject, text, html = renderer.render(sample.letter, sample.values, language=language)
    return Letter(
        recipient=_RECIPIENT, subject=subject, text=text, html=html, message_id=sample.name
    )
