"""Renders the subject, the text and the HTML of mails from templates."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from languages.catalogues import LANGUAGES
from languages.templates import templates_in
from mail.mail_transport import Message, one_line
from mail.message.logo import Logo
from models import OutgoingMail

SOURCE_LANGUAGE = "en"
"""The language of the built-in templates."""


@dataclass(frozen=True)
class MailBranding:
    """What the mails of a deployment have in common. Each value may be missing."""

    logo: Logo | None = None
    support: str | None = None
    """An email address or a URL, as people read it."""
    support_url: str | None = None
    app_url: str | None = None
    """Where people log in."""

    @property
    def mail_logo(self) -> Logo | None:
        """The logo if mail programs can show it, which they cannot for SVG."""
        return None if self.logo is None or self.logo.kind == "svg" else self.logo

    @property
    def variables(self) -> Mapping[str, object]:
        logo = self.mail_logo
        return {
            "logo": f"cid:{logo.content_id}" if logo else None,
            "support": self.support,
            "support_url": self.support_url,
            "app_url": self.app_url,
        }


class Renderer:
    """Renders mails from templates. Those in `overrides` replace built-in ones of the same name.

    A mail has the templates `name.subject.txt`, `name.txt` and `name.html`. `overrides` may replace
    any of them, or only `layout.html`, which encloses the HTML ones. `language` is used for people
    whose language is unknown or has no catalogue.
    """

    def __init__(
        self,
        overrides: Path | None = None,
        *,
        language: str = SOURCE_LANGUAGE,
        branding: MailBranding = MailBranding(),
    ) -> None:
        self._language = language
        self._branding = branding
        self._variables = branding.variables
        self._templates = {each: jinja_environment(overrides, each) for each in LANGUAGES}

    def render(
        self, name: str, context: Mapping[str, object], *, language: str | None = None
    ) -> tuple[str, str, str]:
        """The subject (one line), the plain text and the HTML of a mail.

        Raises jinja2.TemplateError if a template needs a value that `context` does not have.
        """
        chosen = language if language in self._templates else self._language
        templates = self._templates[chosen or self._language]
        values = {**self._variables, **context, "language": chosen}
        subject = one_line(templates.get_template(f"{name}.subject.txt").render(values))
        values["subject"] = subject
        text = wrapped(templates.get_template(f"{name}.txt").render(values))
        html = templates.get_template(f"{name}.html").render(values)
        return subject, text, html

    def logo_in(self, html: str) -> Logo | None:
        """The logo if the HTML names it. An operator's own template may leave it out."""
        logo = self._branding.mail_logo
        return logo if logo and f"cid:{logo.content_id}" in html else None

    def message(
        self,
        mail: OutgoingMail,
        context: Mapping[str, object],
        *,
        language: str | None = None,
        sender_name: str | None = None,
        reply_to: str | None = None,
    ) -> Message:
        """The message of a queued mail. Repeated calls return equal messages."""
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
            logo=self.logo_in(html),
            code=str(code) if code else None,
            link=str(link) if link else None,
        )


def jinja_environment(
    overrides: Path | None = None, language: str = SOURCE_LANGUAGE
) -> Environment:
    """The templates of mails in a language; those in `overrides` replace built-in ones."""
    if overrides is None:
        return _built_in(language)
    return templates_in(
        language, ChoiceLoader([FileSystemLoader(overrides), PackageLoader("mail")])
    )


@cache  # each template is compiled once, however many renderers a process has
def _built_in(language: str) -> Environment:
    return templates_in(language, PackageLoader("mail"))


WIDTH = 76
"""Characters: RFC 2045 6.8 and RFC 3676 4.2 keep lines of text below 78."""


def wrapped(text: str) -> str:
    """`text` with long lines wrapped between words, and at most one empty line in a row.

    A link that is longer than a line stays whole, so that it works. Indentation stays.
    """
    lines: list[str] = []
    for line in text.strip("\n").splitlines():
        parts = _wrapped_line(line.rstrip())
        if parts != [""] or lines[-1:] != [""]:
            lines += parts
    return "\n".join(lines) + "\n"


def _wrapped_line(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    return textwrap.wrap(
        line,
        WIDTH,
        subsequent_indent=line[: len(line) - len(line.lstrip(" "))],
        break_long_words=False,
        break_on_hyphens=False,
    )
