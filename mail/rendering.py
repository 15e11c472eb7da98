"""Turns what a letter says into what a person reads."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    select_autoescape,
)

from mail.letter import Letter, one_line
from models import OutgoingMail

_HOUR = 60
_DAY = 24 * _HOUR


class Renderer:
    """Renders letters from templates; those in `overrides` come before the built-in ones.

    A letter `name` consists of `name.subject.txt`, `name.txt` and `name.html`. A folder may replace
    any of them, or only `layout.html`, in which the HTML ones stand.
    """

    def __init__(self, overrides: Path | None = None) -> None:
        self._templates = environment(overrides)

    def render(self, name: str, context: Mapping[str, object]) -> tuple[str, str, str]:
        """The subject, in one line, the plain text and the HTML of a letter.

        Raises jinja2.TemplateError if the templates want a value that `context` does not have.
        """
        subject = self._subject(name, context)
        values = {**context, "subject": subject}
        text = self._templates.get_template(f"{name}.txt").render(values)
        html = self._templates.get_template(f"{name}.html").render(values)
        return subject, text, html

    def letter(
        self,
        mail: OutgoingMail,
        context: Mapping[str, object],
        *,
        sender_name: str | None = None,
        reply_to: str | None = None,
    ) -> Letter:
        """A queued mail as the letter that leaves: the same one each time it is asked for."""
        subject, text, html = self.render(mail.letter, context)
        code, link = context.get("code"), context.get("link")
        return Letter(
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

    def _subject(self, name: str, context: Mapping[str, object]) -> str:
        return one_line(self._templates.get_template(f"{name}.subject.txt").render(context))


def environment(overrides: Path | None = None) -> Environment:
    """The templates, in which a missing value is an error and HTML is escaped."""
    built_in = PackageLoader("mail")
    templates = Environment(
        loader=ChoiceLoader([FileSystemLoader(overrides), built_in]) if overrides else built_in,
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["duration"] = duration
    return templates


def duration(minutes: int) -> str:
    """A lifetime as people say it: `10 minutes`, `1 hour`, `24 hours`, `3 days`."""
    for size, unit, least in ((_DAY, "day", 3), (_HOUR, "hour", 1)):
        count, rest = divmod(minutes, size)
        if not rest and count >= least:
            return _counted(count, unit)
    return _counted(minutes, "minute")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
