"""Polls the database for events of the accounts whose clients have subscribed to them.

docs/decisions/0030-sessions-in-cookies.md says why it polls, and does not listen.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from accounts.verification.subscribers import ClosingError
from models import User
from models.sql.session import AccountState, account_states, running_among

_INTERVAL = 1.0
"""Seconds between two polls, if few clients have subscribed."""
_SLOWER_BY = 1_000
"""Clients that add a second to the interval."""


class AccountEventKind(StrEnum):
    """What happened to a session, or to its account."""

    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - not a password
    VERIFIED = "VERIFIED"
    SESSION_ENDED = "SESSION_ENDED"


@dataclass(eq=False)
class AccountSubscriber:
    """A client that has subscribed to the events of its session and its account."""

    session_id: UUID
    user_id: UUID
    seen: AccountState
    _events: asyncio.Queue[AccountEventKind | None] = field(default_factory=asyncio.Queue)

    async def events(self) -> AsyncIterator[AccountEventKind]:
        """Each event, the last of which is SESSION_ENDED. Raises ClosingError at shutdown."""
        while (event := await self._events.get()) is not None:
            yield event
            if event is AccountEventKind.SESSION_ENDED:
                return
        raise ClosingError

    def compare(self, now: AccountState | None, *, runs: bool) -> None:
        """Queues an event for each difference since the last poll.

        `now` is None if the account is gone or may not log in any more.
        """
        if now is not None:
            # A login may renew the hash of the same password, and changes nothing else then.
            if now.password_hash != self.seen.password_hash and now.changed != self.seen.changed:
                self._events.put_nowait(AccountEventKind.PASSWORD_CHANGED)
            if now.is_verified and (not self.seen.is_verified or now.email != self.seen.email):
                self._events.put_nowait(AccountEventKind.VERIFIED)
            self.seen = now
        if now is None or not runs:
            self._events.put_nowait(AccountEventKind.SESSION_ENDED)

    def close(self) -> None:
        self._events.put_nowait(None)


class AccountSubscribers:
    """All subscribers of this process. One loop polls for all of them."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._subscribers: set[AccountSubscriber] = set()
        self._closing = False

    @contextmanager
    def subscribed(self, session_id: UUID, user: User) -> Iterator[AccountSubscriber]:
        """Yields a subscriber of this session, which compares with this user."""
        if self._closing:
            raise ClosingError
        subscriber = AccountSubscriber(session_id, user.id, AccountState.of(user))
        self._subscribers.add(subscriber)
        try:
            yield subscriber
        finally:
            self._subscribers.discard(subscriber)

    def close(self) -> None:
        """Ends all subscribers with ClosingError, and accepts no more."""
        self._closing = True
        for subscriber in self._subscribers:
            subscriber.close()

    async def watch(self) -> None:
        """Polls until it is cancelled. Raises if the database is down."""
        while True:
            await asyncio.sleep(_INTERVAL + len(self._subscribers) / _SLOWER_BY)
            subscribers = [*self._subscribers]
            if subscribers:
                running = await running_among(
                    {subscriber.session_id for subscriber in subscribers}, now=self._clock()
                )
                states = await account_states({subscriber.user_id for subscriber in subscribers})
                _tell(subscribers, states, running)


def _tell(
    subscribers: list[AccountSubscriber], states: Mapping[UUID, AccountState], running: set[UUID]
) -> None:
    for subscriber in subscribers:
        subscriber.compare(states.get(subscriber.user_id), runs=subscriber.session_id in running)
