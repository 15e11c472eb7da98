"""Composes mails: looks up the contents of a whole batch, and renders each when it is sent."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mail.redaction import where_raised
from mail.transport import Message
from models import OutgoingMail

_FRESH = timedelta(seconds=1)
"""How long a look-up stays valid. A batch takes less, unless the mail server is slow."""

Draft = Callable[[], Message]
"""Renders the message of one mail."""

Compose = Callable[[Sequence[OutgoingMail]], Awaitable[Mapping[UUID, Draft]]]
"""Looks up the drafts of mails, by mail id. A mail without a draft is obsolete."""

_log = logging.getLogger("connectx.mail")


@dataclass(frozen=True)
class ComposedMail:
    """A mail and its draft. `composed_at` is None if the draft has not been looked up yet."""

    mail: OutgoingMail
    draft: Draft | None = None
    composed_at: datetime | None = None


async def compose_batch(
    mails: Sequence[OutgoingMail], *, compose: Compose, now: datetime
) -> list[ComposedMail]:
    """The mails with their drafts. If the look-up fails, each mail gets its own when it is sent."""
    try:
        drafts = await compose(mails) if mails else {}
    except Exception as error:  # noqa: BLE001 - looked up alone, a bad mail stops no other
        _log.warning(
            "%d mails could not be read together and are read one by one: %s",
            len(mails),
            where_raised(error),
        )
        return [ComposedMail(mail) for mail in mails]
    return [ComposedMail(mail, drafts.get(mail.id), now) for mail in mails]


async def current_message(
    composed: ComposedMail, *, compose: Compose, now: datetime
) -> Message | None:
    """The message to send now; None if the mail is obsolete.

    A look-up that is older than a second is repeated, as the code may have been replaced since.
    """
    draft = composed.draft
    if composed.composed_at is None or now - composed.composed_at > _FRESH:
        draft = (await compose([composed.mail])).get(composed.mail.id)
    return None if draft is None else draft()
