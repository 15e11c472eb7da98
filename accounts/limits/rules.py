"""Rate limits per email address and per client."""

import math
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Self

from limits import RateLimitItem, parse_many

from accounts.limits.counters import DatabaseStorage, forget
from accounts.limits.defaults import RateLimits
from accounts.limits.redis_counters import RedisCounters
from models.sql import counters
from models.sql.counters import Window
from models.sql.database import Rows, Statement, run


@dataclass(frozen=True)
class RateLimited:
    """A limit is exceeded. `retry_after` is the exact wait in whole seconds, at least 1."""

    retry_after: int

    @classmethod
    def until(cls, moment: datetime, *, now: datetime) -> Self:
        return cls(max(1, math.ceil((moment - now).total_seconds())))


@dataclass(frozen=True)
class Hit:
    """One hit against `rule` (a field of RateLimits), counted for `who`."""

    rule: str
    who: str
    addresses: tuple[str, ...] = field(default=(), repr=False)
    """The addresses of the request. If all are test addresses, the rule `test_address` counts in
    place of this one. Empty for rules against guessing one account's secret."""


@dataclass(frozen=True)
class _Limit:
    """One window of a rule, with values that `limits` would compute again for each hit."""

    key: str
    """With `{}` in place of `who`."""
    amount: int
    seconds: int

    @classmethod
    def of(cls, item: RateLimitItem) -> Self:
        return cls(item.key_for("{}"), item.amount, item.get_expiry())

    def window(self, who: str) -> Window:
        return Window(self.key.format(who), self.amount, self.seconds)


class RateLimiter:
    """Counts hits and decides which requests exceed a limit."""

    def __init__(
        self,
        limits: RateLimits,
        *,
        storage: DatabaseStorage | RedisCounters,
        clock: Callable[[], datetime],
        enabled: bool = True,
        test_addresses: Container[str] = frozenset(),
    ) -> None:
        self._rules = {
            rule.name: _limits_of(rule.name, getattr(limits, rule.name)) for rule in fields(limits)
        }
        self._storage = storage
        self._now = clock
        self._enabled = enabled
        self._test_addresses = test_addresses
        self.counts_in_database = isinstance(storage, DatabaseStorage)
        """Whether a statement with other work can count hits as well."""

    async def hit(self, *hits: Hit) -> RateLimited | None:
        """Counts each hit in turn, up to the first that exceeds its limit."""
        refused = await self.hit_and_fetch(*hits)
        return refused if isinstance(refused, RateLimited) else None

    async def hit_and_fetch(self, *hits: Hit, query: Statement | None = None) -> RateLimited | Rows:
        """Like `hit`. If no limit is exceeded, it returns the rows of `query`.

        The query returns at most one row, whose first column is never NULL. Counters in PostgreSQL
        need no extra statement for it.
        """
        full, rows = await self._first_full(hits, query)
        if full is None:
            return rows
        return await self._wait_for(full)

    async def peek(self, hit: Hit) -> RateLimited | None:
        """What `hit` would return, without counting."""
        for window in self._all_windows([hit]):
            if await self._storage.get(window.key) >= window.limit:
                return await self._wait_for(window)
        return None

    async def hit_is_allowed(self, hit: Hit) -> bool:
        """Counts one hit and returns whether it is within its limits."""
        full, _ = await self._first_full([hit], None)
        return full is None

    async def _first_full(
        self, hits: Sequence[Hit], query: Statement | None
    ) -> tuple[Window | None, Rows]:
        windows = self._all_windows(hits)
        if self.counts_in_database:
            place, rows = await counters.first_full(windows, now=self._now(), query=query)
            return None if place is None else windows[place], rows
        for window in windows:
            if await self._storage.incr(window.key, window.seconds) > window.limit:
                return window, ()
        return None, () if query is None else await run(query)

    async def _wait_for(self, window: Window) -> RateLimited:
        expiry = datetime.fromtimestamp(await self._storage.get_expiry(window.key), UTC)
        return RateLimited.until(expiry, now=self._now())

    def _all_windows(self, hits: Sequence[Hit]) -> list[Window]:
        if not self._enabled:
            return []
        return [window for hit in hits for window in self._windows(hit)]

    def _windows(self, hit: Hit) -> list[Window]:
        rule, who = hit.rule, hit.who
        if hit.addresses and self._are_test_addresses(hit.addresses):
            rule, who = "test_address", f"{rule}/{who}"
        return [limit.window(who) for limit in self._rules[rule]]

    def _are_test_addresses(self, addresses: Sequence[str]) -> bool:
        return all(address in self._test_addresses for address in addresses)

    def windows_in_database(self, hit: Hit) -> list[Window]:
        """A hit's windows, shortest first, for a statement that counts them; else empty."""
        return self._all_windows([hit]) if self.counts_in_database else []

    async def restart(self, hit: Hit) -> None:
        """Restarts a rule's shortest window with one hit, which starts its cooldown."""
        if self._enabled:
            window = self._windows(hit)[0]
            await self._storage.restart(window.key, window.seconds)

    async def block(self, hit: Hit, *, seconds: int) -> None:
        """Refuses every hit like this one from now on, for so many seconds."""
        for window in self._all_windows([hit])[:1]:
            # Not cleared first: a hit in between would begin a window of the usual length.
            await self._storage.restart(window.key, seconds)
            await self._storage.incr(window.key, seconds, window.limit)

    async def unblock(self, *hits: Hit) -> None:
        """Ends `block` of each hit. The hits before it are forgotten."""
        keys = [window.key for window in self._all_windows(hits)]
        await forget(keys, storage=self._storage)

    async def check(self) -> None:
        """Raises limits.errors.StorageError if Redis has the counters and cannot count."""
        if self._enabled and not self.counts_in_database:
            await self._storage.incr("check", 60)  # seconds

    def cooldown(self, *addresses: str) -> timedelta:
        """The shortest window of resends: their cooldown, if it allows a single hit.

        Test addresses have none.
        """
        if not self._enabled or self._are_test_addresses(addresses):
            return timedelta(0)
        return timedelta(seconds=self._rules["resend_address"][0].seconds)


def _limits_of(name: str, notation: str) -> list[_Limit]:
    """A rule's limits. Shortest first, so that a refused hit does not use up longer windows."""
    items = sorted(parse_many(notation), key=lambda item: item.get_expiry())
    for item in items:
        item.namespace = name
    return [_Limit.of(item) for item in items]
