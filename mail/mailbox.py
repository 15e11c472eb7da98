"""The development mailbox: it sends no mails, and keeps them for a web page."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from mail.compose import Compose
from mail.transport import MailSession, Message
from models import MailState, OutgoingMail

MAX_SHOWN = 50


class MailboxTransport:
    """Accepts every message and sends none. `shown` composes them again for the page."""

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


async def newest(*, to: str = "", limit: int = MAX_SHOWN) -> list[OutgoingMail]:
    """The newest `limit` sent mails, newest first. `to` is a part of the recipient's address."""
    mails = _sent()
    if to:
        mails = mails.filter(recipient__contains=to.strip().lower())
    # By the index of the table: a mail was due when it was sent.
    return await mails.order_by("-due_at", "-id").limit(limit)


async def shown(mails: Sequence[OutgoingMail], *, compose: Compose) -> list[ShownMail]:
    """The mails with the content that was sent. One that cannot be composed again is left out."""
    drafts = await compose(mails) if mails else {}
    return [
        ShownMail(mail.id, mail.sent_at or mail.created_at, draft())
        for mail in mails
        if (draft := drafts.get(mail.id))
    ]


async def find(mail_id: UUID, *, compose: Compose) -> ShownMail | None:
    """The mail with this id; None if it was not sent, or can no longer be composed."""
    mails = await _sent().filter(id=mail_id)
    return next(iter(await shown(mails, compose=compose)), None)


async def clear() -> None:
    """Removes all sent mails. Their codes and links go on working."""
    await _sent().delete()


def _sent() -> QuerySet[OutgoingMail]:
    return OutgoingMail.filter(state=MailState.SENT)
