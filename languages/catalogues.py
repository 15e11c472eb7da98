"""The languages of all texts. They are written in English, and Babel catalogues translate them."""

from functools import cache, lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.units import format_unit

_CATALOGUES = Path(__file__).parent / "translations"

LANGUAGES = tuple(sorted(folder.name for folder in _CATALOGUES.iterdir() if folder.is_dir()))
"""Codes such as `en`, one for each catalogue."""

_HOUR = 60
_DAY = 24 * _HOUR


def catalogue(language: str) -> Path:
    """The path of a language's translations. `make messages` updates the file."""
    return _CATALOGUES / language / "LC_MESSAGES" / "messages.po"


@cache
def translations(language: str) -> GNUTranslations:
    """A language's translations. A text without a translation stays English.

    They are compiled from the .po file when they are first needed, so that no compiled file can be
    older than its source.
    """
    with catalogue(language).open("rb") as file:
        messages = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=256)
def duration(minutes: int, language: str) -> str:
    """A lifetime in words: `10 minutes`, `1 hour`, `24 hours`, `3 days`; `24 Stunden`."""
    for size, unit, least in ((_DAY, "day", 3), (_HOUR, "hour", 1)):
        count, rest = divmod(minutes, size)
        if not rest and count >= least:
            return format_unit(count, f"duration-{unit}", locale=language)
    return format_unit(minutes, "duration-minute", locale=language)
