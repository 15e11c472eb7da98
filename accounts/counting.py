"""Counters in the project's own database, for the `limits` library."""

from collections.abc import Callable
from datetime import datetime, timedelta

from limits.aio.storage import Storage
from tortoise.exceptions import BaseORMException

from models import Counter
from models.database import fetch

_HIT = """
INSERT INTO counters (key, hits, expires_at) VALUES ($1, $2, $3)
ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN counters.expires_at <= $4 THEN $2 ELSE counters.hits + $2 END,
    expires_at = CASE WHEN counters.expires_at <= $4 THEN $3 ELSE counters.expires_at END
RETURNING hits
"""


class DatabaseStorage(Storage):
    """Counts hits in one upsert each, so that parallel ones are counted one by one.

    The database decides, whichever worker or node asks: two hits never get the same number.
    """

    STORAGE_SCHEME = None

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = clock

    @property
    def base_exceptions(self) -> type[Exception]:
        return BaseORMException

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """How many hits `key` has now, in a window of `expiry` seconds from its first hit."""
        now = self._now()
        rows = await fetch(_HIT, key, amount, now + timedelta(seconds=expiry), now)
        return int(rows[0]["hits"])

    async def get(self, key: str) -> int:
        counter = await Counter.filter(key=key, expires_at__gt=self._now()).first()
        return counter.hits if counter else 0

    async def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970; now, where there is none."""
        now = self._now()
        counter = await Counter.filter(key=key, expires_at__gt=now).first()
        return (counter.expires_at if counter else now).timestamp()

    async def check(self) -> bool:
        await Counter.filter(key="").exists()
        return True

    async def clear(self, key: str) -> None:
        await Counter.filter(key=key).delete()

    async def reset(self) -> int:
        return await Counter.all().delete()
