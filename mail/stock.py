"""The mails that a worker has claimed, from which its sessions take one after the other."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from mail import claims
from mail.desk import Desk, Parcel
from models import OutgoingMail

_LOW = 5
"""Mails that are left when the next ones are claimed, so that no session waits for them."""


class Stock:
    """Refilled by `batch_size` mails for as long as that many are due."""

    def __init__(
        self, *, desk: Desk, clock: Callable[[], datetime], batch_size: int, lease: timedelta
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._batch_size = batch_size
        self._lease = lease
        self._parcels: deque[Parcel] = deque()
        self._more = True
        self._filling = asyncio.Lock()
        self.claimed = 0
        """Mails, so far."""

    def __len__(self) -> int:
        return len(self._parcels)

    async def take(self) -> Parcel | None:
        """The next mail; None where none is due."""
        # While one session claims more, the others go on with what is left.
        if self._low() and not (self._parcels and self._filling.locked()):
            async with self._filling:
                await self._refill()
        return self._parcels.popleft() if self._parcels else None

    async def _refill(self) -> None:
        try:
            await self.fill()
        except Exception:  # noqa: BLE001 - the next first claim meets the same, and tells it
            # Not raised here, where it would cut off the mails that others are sending.
            self.close()

    def close(self) -> None:
        """What is here is the last of it."""
        self._more = False

    async def fill(self) -> None:
        """Claims a batch, unless enough are left, or no more were due."""
        if self._low():
            claimed = await self._claim()
            # Unless it was closed meanwhile.
            self._more = self._more and len(claimed) == self._batch_size
            self.claimed += len(claimed)
            self._parcels.extend(claimed)

    async def postpone(self, how: Callable[[OutgoingMail], Awaitable[None]]) -> None:
        """Does with each mail that is left what is to be done with one that cannot be sent now."""
        while self._parcels:
            await how(self._parcels[0].mail)
            self._parcels.popleft()

    async def give_back(self) -> None:
        """Lets others have what is left."""
        await claims.give_back([parcel.mail for parcel in self._parcels], now=self._clock())

    def _low(self) -> bool:
        return self._more and len(self._parcels) <= _LOW

    async def _claim(self) -> list[Parcel]:
        """One batch; a cancellation in the middle of the claim leaves none claimed."""
        now = self._clock()
        claiming = asyncio.create_task(
            claims.claim(limit=self._batch_size, now=now, until=now + self._lease)
        )
        try:
            return await self._desk.parcels(await asyncio.shield(claiming))
        except asyncio.CancelledError:
            await claims.give_back(await claiming, now=self._clock())
            raise
