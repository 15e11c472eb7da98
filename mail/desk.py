"""Has what mails say looked up together, and each letter written when it is its turn."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mail.letter import Letter
from mail.masking import origin
from mail.transport import SendError
from models import OutgoingMail

_FRESH = timedelta(seconds=1)
"""How long what was looked up holds: a batch takes less, unless the mail server is slow."""

Draft = Callable[[], Letter]
"""Writes a mail's letter."""

Compose = Callable[[Sequence[OutgoingMail]], Awaitable[Mapping[UUID, Draft]]]
"""Looks up what mails say, each by its id. A mail without a draft makes no sense any more."""

_log = logging.getLogger("connectx.mail")


@dataclass(frozen=True)
class Parcel:
    """A mail with what it says, as far as that is known."""

    mail: OutgoingMail
    draft: Draft | None = None
    looked_up_at: datetime | None = None


class Desk:
    """Where mails are made ready, each batch at once."""

    def __init__(self, compose: Compose, *, clock: Callable[[], datetime]) -> None:
        self._compose = compose
        self._clock = clock

    async def parcels(self, mails: Sequence[OutgoingMail]) -> list[Parcel]:
        """The mails, looked up together where that is possible."""
        now = self._clock()
        try:
            drafts = await self._compose(mails) if mails else {}
        except Exception as error:  # noqa: BLE001 - one by one, the bad mail stops no other
            _log.warning("%d mails are looked up one by one: %s", len(mails), origin(error))
            return [Parcel(mail) for mail in mails]
        return [Parcel(mail, drafts.get(mail.id), now) for mail in mails]

    async def letter(self, parcel: Parcel) -> Letter:
        """The letter as it is to be now. Raises SendError where there is none any more."""
        mail, draft = parcel.mail, parcel.draft
        known = parcel.looked_up_at
        if known is None or self._clock() - known > _FRESH:
            draft = (await self._compose([mail])).get(mail.id)
        if draft is None:
            raise SendError("the verification no longer exists", permanent=True)
        return draft()
