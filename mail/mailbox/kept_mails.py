"""The development mailbox: it sends no mails, and keeps them for a web page."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from mail.mail_transport import MailSession, Message
from mail.message.compose import Compose
from models import MailState, OutgoingMail

MAX_SHOWN = 50


class MailboxTransport:
    """Accepts every message and sends none. `compose_again` makes them anew for the page."""

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


@dataclass(frozen=True)
class Recipients:
    """A filter of recipients: the parts that an address must have, and those that it must not."""

    to: Sequence[str] = field(default=(), repr=False)
    not_to: Sequence[str] = field(default=(), repr=False)

    def mails(self) -> QuerySet[OutgoingMail]:
        mails = _sent()
        for part in self.to:
            mails = mails.filter(recipient__contains=_comparable(part))
        for part in self.not_to:
            mails = mails.exclude(recipient__contains=_comparable(part))
        return mails


def _comparable(part: str) -> str:
    """The part as addresses have it. PostgreSQL refuses a null character, which none has."""
    return part.strip().lower().replace("\0", "\ufffd")


ANY_RECIPIENT = Recipients()


async def newest(
    recipients: Recipients = ANY_RECIPIENT, *, start: int = 0, limit: int = MAX_SHOWN
) -> list[OutgoingMail]:
    """At most `limit` sent mails, newest first, without the `start` newest ones."""
    # By the index of the table: a mail was due when it was sent.
    return await recipients.mails().order_by("-due_at", "-id").offset(start).limit(limit)


async def count(recipients: Recipients = ANY_RECIPIENT) -> int:
    """How many mails were sent to these recipients."""
    return await recipients.mails().count()


async def compose_again(mails: Sequence[OutgoingMail], *, compose: Compose) -> list[ShownMail]:
    """The mails with the content that was sent. One that cannot be composed again is left out."""
    renders = await compose(mails) if mails else {}
    return [
        ShownMail(mail.id, mail.sent_at or mail.created_at, render())
        for mail in mails
        if (render := renders.get(mail.id))
    ]


async def find(mail_id: UUID, *, compose: Compose) -> ShownMail | None:
    """The mail with this id; None if it was not sent, or can no longer be composed."""
    mails = await _sent().filter(id=mail_id)
    return next(iter(await compose_again(mails, compose=compose)), None)


async def clear(recipients: Recipients = ANY_RECIPIENT) -> None:
    """Removes all mails that were sent to these recipients. Their codes and links go on working."""
    await recipients.mails().delete()


async def remove(ids: Sequence[UUID]) -> None:
    """Removes the sent mails with these ids."""
    if ids:
        await _sent().filter(id__in=ids).delete()


def _sent() -> QuerySet[OutgoingMail]:
    return OutgoingMail.filter(state=MailState.SENT)
