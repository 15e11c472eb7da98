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
"""Seconds between two polls. As many clients as `_SLOWER_BY` make them a second longer."""
_SLOWER_BY = 1_000


class AccountEvent(StrEnum):
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - not a password
    VERIFIED = "VERIFIED"
    SESSION_ENDED = "SESSION_ENDED"


@dataclass(eq=False)
class Watcher:
    """A client that has subscribed to the events of its session and its account."""

    session_id: UUID
    user_id: UUID
    seen: AccountState
    _events: asyncio.Queue[AccountEvent | None] = field(default_factory=asyncio.Queue)

    async def events(self) -> AsyncIterator[AccountEvent]:
        """Each event, the last of which is SESSION_ENDED. Raises ClosingError at shutdown."""
        while (event := await self._events.get()) is not None:
            yield event
            if event is AccountEvent.SESSION_ENDED:
                return
        raise ClosingError

    def compare(self, now: AccountState | None, *, runs: bool) -> None:
        """Queues an event for each difference since the last poll.

        `now` is None if the account is gone or may not log in any more.
        """
        if now is not None:
            # A login may renew the hash of the same password, and changes nothing else then.
            if now.password_hash != self.seen.password_hash and now.changed != self.seen.changed:
                self._events.put_nowait(AccountEvent.PASSWORD_CHANGED)
            if now.is_verified and (not self.seen.is_verified or now.email != self.seen.email):
                self._events.put_nowait(AccountEvent.VERIFIED)
            self.seen = now
        if now is None or not runs:
            self._events.put_nowait(AccountEvent.SESSION_ENDED)

    def close(self) -> None:
        self._events.put_nowait(None)


class AccountWatch:
    """All watchers of this process. One loop polls for all of them."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._watchers: set[Watcher] = set()
        self._closing = False

    @contextmanager
    def watching(self, session_id: UUID, user: User) -> Iterator[Watcher]:
        """Yields a watcher of this session, which compares with this user."""
        if self._closing:
            raise ClosingError
        watcher = Watcher(session_id, user.id, AccountState.of(user))
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    def close(self) -> None:
        """Ends all watchers with ClosingError, and accepts no more."""
        self._closing = True
        for watcher in self._watchers:
            watcher.close()

    async def watch(self) -> None:
        """Polls until it is cancelled. Raises if the database is down."""
        while True:
            await asyncio.sleep(_INTERVAL + len(self._watchers) / _SLOWER_BY)
            watchers = [*self._watchers]
            if watchers:
                running = await running_among(
                    {watcher.session_id for watcher in watchers}, now=self._clock()
                )
                states = await account_states({watcher.user_id for watcher in watchers})
                _tell(watchers, states, running)


def _tell(watchers: list[Watcher], states: Mapping[UUID, AccountState], running: set[UUID]) -> None:
    for watcher in watchers:
        watcher.compare(states.get(watcher.user_id), runs=watcher.session_id in running)
