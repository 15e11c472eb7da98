"""Counters in the project's own database, for the `limits` library."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from limits.aio.storage import Storage
from tortoise.exceptions import BaseORMException

from accounts import counter_statements as sql
from models import Counter
from models.database import Rows, as_moment, dialect, fetch
from models.statements import Statement, run


class Window(NamedTuple):
    """A fixed window of `seconds` from its first hit, in which `limit` hits are admitted."""

    key: str
    limit: int
    seconds: int


async def first_full(
    windows: Sequence[Window], *, storage: Storage, query: Statement | None = None
) -> tuple[int | None, Rows]:
    """Counts a hit in each window in turn; the place of the first that was full, if one was.

    The windows after it are not counted. If none was, the query's rows come with it, of which
    there may be one, whose first column is never NULL. On PostgreSQL all of it is one statement.
    """
    if windows and isinstance(storage, DatabaseStorage) and dialect() == "postgres":
        return await storage.first_full(windows, query)
    for place, window in enumerate(windows):
        if await storage.incr(window.key, window.seconds) > window.limit:
            return place, ()
    return None, () if query is None else await run(query)


async def restart(key: str, seconds: int, *, storage: Storage) -> None:
    """Begins a window of `seconds` anew, with one hit."""
    if isinstance(storage, DatabaseStorage):
        await storage.restart(key, seconds)
    else:
        await storage.clear(key)
        await storage.incr(key, seconds)


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
        rows = await fetch(sql.ADD, now, key, amount, now + timedelta(seconds=expiry))
        return int(rows[0]["hits"])

    async def first_full(
        self, windows: Sequence[Window], query: Statement | None
    ) -> tuple[int | None, Rows]:
        """The same as the function above, by one statement of PostgreSQL.

        It finds the query's row also where a window was full.
        """
        now = self._now()
        values = [
            value
            for window in windows
            for value in (window.key, now + timedelta(seconds=window.seconds), window.limit)
        ]
        wanted, given = query or ("", ())
        statement = sql.hit_in_turn(len(windows), wanted, len(given))
        rows = await fetch(statement, now, *values, *given)
        place, *found = rows[0].values()
        return place, rows if found and found[0] is not None else ()

    async def restart(self, key: str, seconds: int) -> None:
        """The same as the function above, in one statement."""
        await run(self.restarting(Window(key, 1, seconds)))

    def hitting(self, window: Window) -> Statement:
        """A hit that makes the statement fail that it is part of, if the window is full."""
        now = self._now()
        ends = now + timedelta(seconds=window.seconds)
        return Statement(sql.HIT_OR_FAIL, (window.key, ends, now, window.limit))

    def restarting(self, window: Window) -> Statement:
        """Begins the window anew, with one hit."""
        return Statement(sql.RESTART, (window.key, self._now() + timedelta(seconds=window.seconds)))

    async def get(self, key: str) -> int:
        for row in await fetch(sql.LOOK, key, self._now()):
            return int(row["hits"])
        return 0

    async def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970; now, where there is none."""
        end = now = self._now()
        for row in await fetch(sql.LOOK, key, now):
            end = as_moment(row["expires_at"])
        return end.timestamp()

    async def check(self) -> bool:
        await Counter.filter(key="").exists()
        return True

    async def clear(self, key: str) -> None:
        await run(Statement(sql.FORGET, (key,)))

    async def reset(self) -> int:
        return await Counter.all().delete()
