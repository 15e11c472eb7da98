"""Where mails go while nothing is set up to send them: nowhere, and they can be read on a page."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from jinja2 import Environment

from mail.compose import Compose
from mail.rendering import environment
from mail.transport import MailSession, Message
from models import MailState, OutgoingMail

STATIC = Path(__file__).parent / "static"
"""`mailbox.js` and `mailbox.css`, which the page expects under `/mailbox/static/`."""

MAX_SHOWN = 50


class MailboxTransport:
    """Takes every letter and sends none; `latest` composes them again when somebody looks."""

    @asynccontextmanager
    async def session(self) -> AsyncIterator[MailSession]:
        yield _Shredder()


class _Shredder:
    async def send(self, letter: Message) -> None:
        """Nothing: the queue knows all that the page needs."""


@dataclass(frozen=True)
class ShownMail:
    id: UUID
    sent_at: datetime
    letter: Message


async def latest(*, compose: Compose, limit: int = MAX_SHOWN) -> list[ShownMail]:
    """The newest mails that were sent, newest first, as they were sent."""
    mails = (
        await OutgoingMail.filter(state=MailState.SENT).order_by("-created_at", "-id").limit(limit)
    )
    return await _shown(mails, compose)


async def find(mail_id: UUID, *, compose: Compose) -> ShownMail | None:
    """One mail, if it was sent and can still be composed."""
    mail = await OutgoingMail.get_or_none(id=mail_id, state=MailState.SENT)
    return next(iter(await _shown([mail], compose)), None) if mail else None


def mailbox_page(mails: Sequence[ShownMail]) -> str:
    """The page at `/mailbox`, which keeps itself up to date."""
    return _templates().get_template("mailbox.html").render(mails=mails)


def mailbox_list(mails: Sequence[ShownMail]) -> str:
    """What the page asks for at `/mailbox?partial`: the list alone."""
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
    return environment()
