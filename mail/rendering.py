"""Turns what a letter says into what a person reads."""

import textwrap
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    select_autoescape,
)

from mail.languages import LANGUAGES, duration, translations
from mail.transport import Message, one_line
from models import OutgoingMail

SOURCE_LANGUAGE = "en"
"""In which the built-in templates are written."""


class Renderer:
    """Renders letters from templates; those in `overrides` come before the built-in ones.

    A letter `name` consists of `name.subject.txt`, `name.txt` and `name.html`. A folder may replace
    any of them, or only `layout.html`, in which the HTML ones stand. `language` is for people who
    have told none, or one that there is no catalogue of.
    """

    def __init__(self, overrides: Path | None = None, *, language: str = SOURCE_LANGUAGE) -> None:
        self._language = language
        self._templates = {each: environment(overrides, each) for each in LANGUAGES}

    def render(
        self, name: str, context: Mapping[str, object], *, language: str | None = None
    ) -> tuple[str, str, str]:
        """The subject, in one line, the plain text and the HTML of a letter.

        Raises jinja2.TemplateError if the templates want a value that `context` does not have.
        """
        chosen = language if language in self._templates else self._language
        templates = self._templates[chosen or self._language]
        values = {**context, "language": chosen}
        subject = one_line(templates.get_template(f"{name}.subject.txt").render(values))
        values["subject"] = subject
        text = wrapped(templates.get_template(f"{name}.txt").render(values))
        html = templates.get_template(f"{name}.html").render(values)
        return subject, text, html

    def letter(
        self,
        mail: OutgoingMail,
        context: Mapping[str, object],
        *,
        language: str | None = None,
        sender_name: str | None = None,
        reply_to: str | None = None,
    ) -> Message:
        """A queued mail as the letter that leaves: the same one each time it is asked for."""
        subject, text, html = self.render(mail.letter, context, language=language)
        code, link = context.get("code"), context.get("link")
        return Message(
            recipient=mail.recipient,
            subject=subject,
            text=text,
            html=html,
            message_id=str(mail.id),
            sender_name=sender_name,
            reply_to=reply_to,
            code=str(code) if code else None,
            link=str(link) if link else None,
        )


def environment(overrides: Path | None = None, language: str = SOURCE_LANGUAGE) -> Environment:
    """The templates in a language; a missing value is an error, and HTML is escaped.

    That holds for translations too: their own tags stay, and the values in them are escaped.
    """
    built_in = PackageLoader("mail")
    templates = Environment(
        loader=ChoiceLoader([FileSystemLoader(overrides), built_in]) if overrides else built_in,
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # What was checked at start is what serves; looking for changes costs eight calls a mail.
        auto_reload=False,
    )
    templates.policies["ext.i18n.trimmed"] = True
    templates.install_gettext_translations(  # type: ignore[attr-defined] # the extension's
        translations(language), newstyle=True
    )
    templates.filters["duration"] = partial(duration, language=language)
    return templates


WIDTH = 76
"""Columns: RFC 2045 6.8 and RFC 3676 4.2 keep lines that people read below 78."""


def wrapped(text: str) -> str:
    """`text` with long lines broken between words, and no more than one empty line in a row.

    An address that is longer stays whole, so that it can be followed. Spaces before a line stay.
    """
    lines: list[str] = []
    for line in text.strip("\n").splitlines():
        broken = _broken(line.rstrip())
        if broken != [""] or lines[-1:] != [""]:
            lines += broken
    return "\n".join(lines) + "\n"


def _broken(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    return textwrap.wrap(
        line,
        WIDTH,
        subsequent_indent=line[: len(line) - len(line.lstrip(" "))],
        break_long_words=False,
        break_on_hyphens=False,
    )
