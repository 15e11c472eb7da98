"""Composes mails: looks up the contents of a whole batch, and renders each when it is sent."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mail.mail_transport import Message
from mail.redaction import where_raised
from models import OutgoingMail

_FRESH = timedelta(seconds=1)
"""How long a look-up stays valid. A batch takes less, unless the mail server is slow."""

Render = Callable[[], Message]
"""Renders one mail, whose contents were looked up."""

Compose = Callable[[Sequence[OutgoingMail]], Awaitable[Mapping[UUID, Render]]]
"""Looks up the contents of mails. Returns, by mail id, what renders each. A mail that is missing
there is obsolete."""

_log = logging.getLogger("connectx.mail")


@dataclass(frozen=True)
class ClaimedMail:
    """A mail, and what renders it. `looked_up_at` is None before its contents were looked up."""

    mail: OutgoingMail
    render: Render | None = None
    looked_up_at: datetime | None = None


async def compose_batch(
    mails: Sequence[OutgoingMail], *, compose: Compose, now: datetime
) -> list[ClaimedMail]:
    """Looks up all mails together. If that fails, each is looked up alone when it is sent."""
    try:
        renders = await compose(mails) if mails else {}
    except Exception as error:  # noqa: BLE001 - looked up alone, a bad mail stops no other
        _log.warning(
            "%d mails could not be read together and are read one by one: %s",
            len(mails),
            where_raised(error),
        )
        return [ClaimedMail(mail) for mail in mails]
    return [ClaimedMail(mail, renders.get(mail.id), now) for mail in mails]


async def current_message(
    claimed: ClaimedMail, *, compose: Compose, now: datetime
) -> Message | None:
    """The message to send now; None if the mail is obsolete.

    A look-up that is older than a second is repeated, as the code may have been replaced since.
    """
    render = claimed.render
    if claimed.looked_up_at is None or now - claimed.looked_up_at > _FRESH:
        render = (await compose([claimed.mail])).get(claimed.mail.id)
    return None if render is None else render()
