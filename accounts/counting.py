"""Counters in the project's own database, for the `limits` library."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from limits.aio.storage import Storage
from tortoise.exceptions import BaseORMException

from models import Counter
from models.database import Rows, as_moment, dialect, fetch
from models.statements import Statement, numbered, run

HIT = """
INSERT INTO counters (key, hits, expires_at) {row}
ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN counters.expires_at <= $1 THEN {amount} ELSE counters.hits + {amount} END,
    expires_at = CASE
        WHEN counters.expires_at <= $1 THEN excluded.expires_at ELSE counters.expires_at
    END
RETURNING hits
"""
# A hit too many is NULL, which the column refuses: whatever it is part of has then not happened.
_HIT_OR_FAIL = """
INSERT INTO counters (key, hits, expires_at) VALUES ({0}, 1, {1})
ON CONFLICT (key) DO UPDATE SET
    hits = CASE
        WHEN counters.expires_at <= {2} THEN 1 WHEN counters.hits < {3} THEN counters.hits + 1
    END,
    expires_at = CASE
        WHEN counters.expires_at <= {2} THEN excluded.expires_at ELSE counters.expires_at
    END
"""
_RESTART = """
INSERT INTO counters (key, hits, expires_at) VALUES ({0}, 1, {1})
ON CONFLICT (key) DO UPDATE SET hits = 1, expires_at = excluded.expires_at
"""
_RESTART_ALONE = _RESTART.format("$1", "$2")
_LOOK = "SELECT hits, expires_at FROM counters WHERE key = $1 AND expires_at > $2"
_HIT_ONE = HIT.format(row="VALUES ($2, $3, $4)", amount="$3")


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


@cache
def _hit_in_turn(count: int, query: str = "", values: int = 0) -> str:
    """One statement for `count` windows, each of which is counted if the one before admits it.

    A query's row, or one of NULLs, is beside the place of the first that was full.
    """
    steps, full, before = [], [], ""
    for place in range(count):
        key, expiry, limit = (f"${2 + 3 * place + offset}" for offset in range(3))
        row = f"SELECT {key}::text, 1, {expiry}::timestamptz{before}"
        steps.append(f"w{place} AS ({HIT.format(row=row, amount='1')})")
        full.append(f"WHEN (SELECT hits FROM w{place}) > {limit}::int THEN {place}")  # noqa: S608 - numbers
        before = f" FROM w{place} WHERE hits <= {limit}::int"
    answer = f"CASE {' '.join(full)} END AS place"
    if query:
        found = numbered(query, values, 2 + 3 * count)
        answer += f", found.* FROM (SELECT) AS one LEFT JOIN ({found}) AS found ON TRUE"
    return f"WITH {', '.join(steps)} SELECT {answer}"


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
        rows = await fetch(_HIT_ONE, now, key, amount, now + timedelta(seconds=expiry))
        return int(rows[0]["hits"])

    async def first_full(
        self, windows: Sequence[Window], query: Statement | None
    ) -> tuple[int | None, Rows]:
        """The same as the function above, for PostgreSQL."""
        now = self._now()
        values = [
            value
            for window in windows
            for value in (window.key, now + timedelta(seconds=window.seconds), window.limit)
        ]
        sql, wanted = query or ("", ())
        rows = await fetch(_hit_in_turn(len(windows), sql, len(wanted)), now, *values, *wanted)
        place, *found = rows[0].values()
        return place, rows if found and found[0] is not None else ()

    async def restart(self, key: str, seconds: int) -> None:
        """The same as the function above, in one statement."""
        await fetch(_RESTART_ALONE, key, self._now() + timedelta(seconds=seconds))

    def hitting(self, window: Window) -> Statement:
        """A hit that makes the statement fail that it is part of, if the window is full."""
        now = self._now()
        ends = now + timedelta(seconds=window.seconds)
        return Statement(_HIT_OR_FAIL, (window.key, ends, now, window.limit))

    def restarting(self, window: Window) -> Statement:
        """Begins the window anew, with one hit."""
        return Statement(_RESTART, (window.key, self._now() + timedelta(seconds=window.seconds)))

    async def get(self, key: str) -> int:
        for row in await fetch(_LOOK, key, self._now()):
            return int(row["hits"])
        return 0

    async def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970; now, where there is none."""
        end = now = self._now()
        for row in await fetch(_LOOK, key, now):
            end = as_moment(row["expires_at"])
        return end.timestamp()

    async def check(self) -> bool:
        await Counter.filter(key="").exists()
        return True

    async def clear(self, key: str) -> None:
        await fetch("DELETE FROM counters WHERE key = $1", key)

    async def reset(self) -> int:
        return await Counter.all().delete()
