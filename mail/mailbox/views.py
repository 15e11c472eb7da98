"""The HTML of the development mailbox."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment

from mail.mail_transport import SendError
from mail.mailbox.kept_mails import MAX_SHOWN, ShownMail
from mail.message.mime import Sender, message_bytes
from mail.message.rendering import jinja_environment
from mail.smtp.envelope import with_ascii_domain

STATIC = Path(__file__).parent / "static"
"""The folder of `mailbox.js` and `mailbox.css`, which the page loads from `/mailbox/static/`."""

_URL = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class View:
    """What the page shows: a list, and one of its mails or another one."""

    mails: Sequence[ShownMail]
    open: ShownMail | None
    chosen: bool = False
    """Whether the person has opened the mail. Otherwise it is the newest."""
    to: str = ""
    """What the person searches for."""
    more: bool = False
    """Whether there are more mails than the list has."""


def page(view: View, *, sender: Sender) -> str:
    """The HTML of the page at `/mailbox`, which updates itself."""
    return _render("mailbox.html", view, sender)


def panes(view: View, *, sender: Sender) -> str:
    """The HTML of list and mail alone, which the page requests as `/mailbox?partial`."""
    return _render("mailbox_panes.html", view, sender)


def raw(mail: ShownMail, *, sender: Sender) -> bytes:
    """The message as a mail server would get it. Raises SendError if none could."""
    recipient = with_ascii_domain(mail.message.recipient)
    return message_bytes(mail.message, recipient=recipient, sender=sender, date=mail.sent_at)


def _render(template: str, view: View, sender: Sender) -> str:
    opened = view.open
    return (
        _templates()
        .get_template(template)
        .render(
            view=view,
            mail=opened,
            headers=_headers(opened, sender) if opened else "",
            links=list(dict.fromkeys(_URL.findall(opened.message.text))) if opened else [],
            newest_shown=MAX_SHOWN,
        )
    )


def _headers(mail: ShownMail, sender: Sender) -> str:
    try:
        return raw(mail, sender=sender).partition(b"\r\n\r\n")[0].decode()
    except SendError as error:
        return f"This mail cannot be sent: {error}"


@cache
def _templates() -> Environment:
    return jinja_environment()
