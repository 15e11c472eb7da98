"""Counters in the project's own database, as a storage of the `limits` library."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from limits.aio.storage import Storage
from tortoise.exceptions import BaseORMException

from models import Counter
from models.sql import counters
from models.sql.database import Statement, run


async def forget(keys: Collection[str], *, storage: Storage) -> None:
    """Forgets the hits of windows."""
    if isinstance(storage, DatabaseStorage):
        await counters.forget_all(keys)
    else:
        for key in keys:
            await storage.clear(key)


class DatabaseStorage(Storage):
    """Counts in the database: exact for any number of workers and nodes (models.sql.counters)."""

    STORAGE_SCHEME = None

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = clock

    @property
    def base_exceptions(self) -> type[Exception]:
        return BaseORMException

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Adds hits and returns the count, in a window of `expiry` seconds from the first hit."""
        return await counters.add_hits(key, amount, seconds=expiry, now=self._now())

    async def restart(self, key: str, seconds: int) -> None:
        """Restarts a window of `seconds` with one hit, in one statement."""
        await run(counters.restart(key, ends=self._now() + timedelta(seconds=seconds)))

    async def get(self, key: str) -> int:
        hits, _ = await counters.peek(key, now=self._now())
        return hits

    async def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970; now if there is no window."""
        _, ends = await counters.peek(key, now=self._now())
        return ends.timestamp()

    async def check(self) -> bool:
        await Counter.filter(key="").exists()
        return True

    async def clear(self, key: str) -> None:
        await run(Statement(counters.FORGET, (key,)))

    async def reset(self) -> int:
        return await Counter.all().delete()
