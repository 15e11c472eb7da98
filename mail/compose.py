"""Composes mails: looks up what a whole batch of them says, and writes each when it is sent."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mail.redaction import where_raised
from mail.transport import Message
from models import OutgoingMail

_FRESH = timedelta(seconds=1)
"""How long a look-up stays good. A batch takes less, unless the mail server is slow."""

Draft = Callable[[], Message]
"""Writes the message of a mail."""

Compose = Callable[[Sequence[OutgoingMail]], Awaitable[Mapping[UUID, Draft]]]
"""Looks up what mails say, by their ids. A mail without a draft makes no sense any more."""

_log = logging.getLogger("connectx.mail")


@dataclass(frozen=True)
class ComposedMail:
    """A mail and what it says. `composed_at` is None if that has not been looked up yet."""

    mail: OutgoingMail
    draft: Draft | None = None
    composed_at: datetime | None = None


async def compose_batch(
    mails: Sequence[OutgoingMail], *, compose: Compose, now: datetime
) -> list[ComposedMail]:
    """The mails, composed together. If that fails, each is composed alone when it is sent."""
    try:
        drafts = await compose(mails) if mails else {}
    except Exception as error:  # noqa: BLE001 - one by one, a bad mail stops no other
        _log.warning("%d mails are looked up one by one: %s", len(mails), where_raised(error))
        return [ComposedMail(mail) for mail in mails]
    return [ComposedMail(mail, drafts.get(mail.id), now) for mail in mails]


async def current_message(
    composed: ComposedMail, *, compose: Compose, now: datetime
) -> Message | None:
    """The message as it has to be now; None if the mail makes no sense any more.

    A look-up that is older than a second is repeated: the code may have been replaced since.
    """
    draft = composed.draft
    if composed.composed_at is None or now - composed.composed_at > _FRESH:
        draft = (await compose([composed.mail])).get(composed.mail.id)
    return None if draft is None else draft()
