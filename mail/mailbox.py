"""The development mailbox: it sends no mails, and shows them on a web page."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from jinja2 import Environment

from mail.compose import Compose
from mail.rendering import jinja_environment
from mail.transport import MailSession, Message
from models import MailState, OutgoingMail

STATIC = Path(__file__).parent / "static"
"""The folder of `mailbox.js` and `mailbox.css`, which the page loads from `/mailbox/static/`."""

MAX_SHOWN = 50


class MailboxTransport:
    """Accepts every message and sends none. `latest` composes them again for the page."""

    @asynccontextmanager
    async def session(self) -> AsyncIterator[MailSession]:
        yield _DiscardingSession()


class _DiscardingSession:
    async def send(self, message: Message) -> None:
        """Discards the message: the outbox has all that the page needs."""


@dataclass(frozen=True)
class ShownMail:
    id: UUID
    sent_at: datetime
    message: Message


async def latest(*, compose: Compose, limit: int = MAX_SHOWN) -> list[ShownMail]:
    """The newest `limit` sent mails, newest first, with the content that was sent."""
    mails = (
        await OutgoingMail.filter(state=MailState.SENT).order_by("-created_at", "-id").limit(limit)
    )
    return await _shown(mails, compose)


async def find(mail_id: UUID, *, compose: Compose) -> ShownMail | None:
    """The mail with this id; None if it was not sent, or can no longer be composed."""
    mail = await OutgoingMail.get_or_none(id=mail_id, state=MailState.SENT)
    return next(iter(await _shown([mail], compose)), None) if mail else None


def mailbox_page(mails: Sequence[ShownMail]) -> str:
    """The HTML of the page at `/mailbox`, which updates itself."""
    return _templates().get_template("mailbox.html").render(mails=mails)


def mailbox_list(mails: Sequence[ShownMail]) -> str:
    """The HTML of the list alone, which the page requests as `/mailbox?partial`."""
    return _templates().get_template("mailbox_list.html").render(mails=mails)


async def _shown(mails: Sequence[OutgoingMail], compose: Compose) -> list[ShownMail]:
    drafts = await compose(mails) if mails else {}
    return [
        ShownMail(mail.id, mail.sent_at or mail.created_at, draft())
        for mail in mails
        if (draft := drafts.get(mail.id))
    ]


@cache
def _templates() -> Environment:
    return jinja_environment()
