"""The translations: complete, and true to what they translate."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from harness.paths import ROOT

from languages.catalogues import LANGUAGES, catalogue, duration

TEMPLATES = ("mail/templates", "server/pages/templates")
CODE = ("accounts", "graph")
TEXTS = ("Text", "_message", "fixed_message")
"""Functions whose argument is a text for people."""
OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def texts() -> set[str]:
    """Every text of the templates and of the API, as the translators get it."""
    return {
        str(message)
        for folder in (*TEMPLATES, *CODE)
        for _, _, message, _, _ in extract_from_dir(
            ROOT / folder,
            method_map=[("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.py", "python")],
            options_map={"**.html": OPTIONS, "**.txt": OPTIONS},
            keywords=dict.fromkeys([*DEFAULT_KEYWORDS, *TEXTS]),
        )
    }


def read(language: str) -> Catalog:
    return read_po(BytesIO(catalogue(language).read_bytes()), locale=language, abort_invalid=True)


def test_english_german_spanish_and_french_ship():
    assert LANGUAGES == ("de", "en", "es", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_the_texts_of_the_templates_and_no_other(language: str):
    assert {message.id for message in read(language) if message.id} == texts()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_with_the_same_values(language: str):
    for message in read(language):
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id
            assert not list(message.check())
            assert sorted(PLACEHOLDER.findall(message.string)) == sorted(
                PLACEHOLDER.findall(message.id)
            )
            # `%` that begins no value would be an error once the text is made.
            assert "%" not in PLACEHOLDER.sub("", message.string)
            assert "<" not in message.string


def test_the_english_catalogue_leaves_the_texts_as_they_are():
    assert {message.string for message in read("en") if message.id} == {""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_make_messages_would_change_nothing(language: str, tmp_path: Path):
    """With the commands of the Makefile."""
    pybabel = str(Path(sys.executable).with_name("pybabel"))
    pot, po = tmp_path / "messages.pot", tmp_path / "messages.po"
    po.write_bytes(catalogue(language).read_bytes())
    extract = [
        "extract",
        "-F",
        "languages/babel.cfg",
        *[f"-k{name}" for name in TEXTS],
        "--no-location",
        "--sort-output",
        "-o",
        pot,
    ]
    update = ["-w", "100", "-N", "--ignore-obsolete", "--ignore-pot-creation-date"]
    for command in (
        [*extract, *TEMPLATES, *CODE],
        ["update", "-i", pot, "-o", po, "-l", language, *update],
    ):
        subprocess.run([pybabel, "-q", *command], check=True, cwd=ROOT)

    assert po.read_text() == catalogue(language).read_text()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["1 minute", "10 minutes", "1 hour", "24 hours", "3 days"]),
        ("de", ["1 Minute", "10 Minuten", "1 Stunde", "24 Stunden", "3 Tage"]),
        ("es", ["1 minuto", "10 minutos", "1 hora", "24 horas", "3 días"]),
        ("fr", ["1 minute", "10 minutes", "1 heure", "24 heures", "3 jours"]),
    ],
)
def test_a_lifetime_is_counted_as_the_language_counts(language: str, words: list[str]):
    counted = [duration(minutes, language) for minutes in (1, 10, 60, 1440, 4320)]

    assert [" ".join(text.split()) for text in counted] == words
