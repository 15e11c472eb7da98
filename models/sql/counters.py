"""Statements for counters of hits in windows of time.

Each statement is atomic: two parallel hits never get the same number, on any worker or node.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from models.sql.database import (
    Rows,
    Statement,
    as_moment,
    dialect,
    fetch,
    numbered,
    run,
    skip_locked,
)
from models.sql.select import fetch_among


class Window(NamedTuple):
    """A fixed window of `seconds` from its first hit, which admits `limit` hits."""

    key: str
    limit: int
    seconds: int

    def end(self, now: datetime) -> datetime:
        """When the window ends if it begins at `now`."""
        return now + timedelta(seconds=self.seconds)


def upsert(
    rows: str, *, now: str = "$1", next_hits: str = "counters.hits + 1", keeps_end: str = "TRUE"
) -> str:
    """The upsert that counts `rows`. Each row has a key, the first hits and the end of its window.

    `next_hits` is the SQL for the hits of a window that is running at `now`. `keeps_end` is the
    condition under which the window keeps its end. A window that is over begins again.
    """
    return f"""
INSERT INTO counters (key, hits, expires_at) {rows}
ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN counters.expires_at <= {now} THEN excluded.hits ELSE {next_hits} END,
    expires_at = CASE
        WHEN counters.expires_at > {now} AND {keeps_end} THEN counters.expires_at
        ELSE excluded.expires_at
    END
"""


def hit(rows: str, *, now: str = "$1") -> str:
    """The statement that counts one hit for each of `rows` at `now`, and returns the counts."""
    return f"{upsert(rows, now=now)} RETURNING hits"


FORGET = "DELETE FROM counters WHERE key = {0}"
_FORGET_ALL = "DELETE FROM counters WHERE key {among} RETURNING key"
_ADD = upsert("VALUES ($2, $3, $4)", next_hits="counters.hits + excluded.hits") + "RETURNING hits"
_RESTART = """
INSERT INTO counters (key, hits, expires_at) VALUES ({0}, 1, {1})
ON CONFLICT (key) DO UPDATE SET hits = 1, expires_at = excluded.expires_at
"""
_FULL = "SELECT expires_at FROM counters WHERE key = $1 AND hits >= $2 AND expires_at > $3"
_LOOK = "SELECT hits, expires_at FROM counters WHERE key = $1 AND expires_at > $2"
# Skips rows that a request has locked: it locks several, in another order, which could deadlock.
_REMOVE_ENDED = """
DELETE FROM counters WHERE key IN (
    SELECT key FROM counters WHERE expires_at <= $1 LIMIT $2 {lock}
)
RETURNING key
"""


async def add_hits(key: str, hits: int, *, seconds: int, now: datetime) -> int:
    """Adds hits to a window of `seconds` from its first hit, and returns the count."""
    rows = await fetch(_ADD, now, key, hits, now + timedelta(seconds=seconds))
    return int(rows[0]["hits"])


async def check_writes(*, now: datetime) -> None:
    """Writes and commits. Raises what any write would raise.

    On PostgreSQL it locks a row, which writes a few bytes of log and no version of the row. So it
    leaves nothing to vacuum, however often it runs.
    """
    if dialect() == "sqlite" or not await fetch(_LOCK, _CHECKED):
        await add_hits(_CHECKED, 1, seconds=_CHECKED_SECONDS, now=now)


_CHECKED = "check"
_CHECKED_SECONDS = 24 * 3600
_LOCK = "SELECT hits FROM counters WHERE key = $1 FOR UPDATE"


async def first_full(
    windows: Sequence[Window], *, now: datetime, query: Statement | None = None
) -> tuple[int | None, Rows]:
    """Counts a hit in each window in turn, and returns the position of the first full one or None.

    The windows after that one are not counted. If none was full, the query's rows are returned as
    well. The query returns at most one row, whose first column is never NULL. On PostgreSQL
    everything is one statement.
    """
    if windows and dialect() == "postgres":
        return await _first_full_at_once(windows, now, query)
    for place, window in enumerate(windows):
        if await add_hits(window.key, 1, seconds=window.seconds, now=now) > window.limit:
            return place, ()
    return None, () if query is None else await run(query)


async def _first_full_at_once(
    windows: Sequence[Window], now: datetime, query: Statement | None
) -> tuple[int | None, Rows]:
    values = [value for window in windows for value in (window.key, window.end(now), window.limit)]
    wanted, given = query or ("", ())
    rows = await fetch(hit_in_turn(len(windows), wanted, len(given)), now, *values, *given)
    place, *found = rows[0].values()
    # The query's row is there even if a window was full.
    return place, rows if found and found[0] is not None else ()


@cache
def hit_in_turn(count: int, query: str = "", values: int = 0) -> str:
    """One statement for `count` windows, which counts each one if the one before admits the hit.

    It returns the position of the first full window, next to the query's row or NULLs.
    """
    steps, full, before = [], [], ""
    for place in range(count):
        key, ends, limit = (f"${2 + 3 * place + offset}" for offset in range(3))
        steps.append(f"w{place} AS ({hit(f'SELECT {key}::text, 1, {ends}::timestamptz{before}')})")
        full.append(f"WHEN (SELECT hits FROM w{place}) > {limit}::int THEN {place}")  # noqa: S608 - numbers
        before = f" FROM w{place} WHERE hits <= {limit}::int"
    answer = f"CASE {' '.join(full)} END AS place"
    if query:
        found = numbered(query, values, 2 + 3 * count)
        answer += f", found.* FROM (SELECT) AS one LEFT JOIN ({found}) AS found ON TRUE"
    return f"WITH {', '.join(steps)} SELECT {answer}"


def restart(key: str, *, ends: datetime) -> Statement:
    """The statement that restarts a window, with one hit."""
    return Statement(_RESTART, (key, ends))


async def forget_all(keys: Collection[str]) -> None:
    """Forgets the hits of windows, in one statement."""
    await fetch_among(_FORGET_ALL, keys)


async def peek(key: str, *, now: datetime) -> tuple[int, datetime]:
    """The hits of a window, and when it ends; 0 and `now` if there is none."""
    for row in await fetch(_LOOK, key, now):
        return int(row["hits"]), as_moment(row["expires_at"])
    return 0, now


async def full_until(key: str, *, limit: int, now: datetime) -> datetime | None:
    """When a window that has all hits of its limit ends; None if it is not full, or over."""
    for row in await fetch(_FULL, key, limit, now):
        return as_moment(row["expires_at"])
    return None


async def last_full_until(windows: Sequence[Window], *, now: datetime) -> datetime | None:
    """When the last full window ends; None if none is full."""
    ends = [await full_until(window.key, limit=window.limit, now=now) for window in windows]
    return max(filter(None, ends), default=None)


async def remove_ended(*, now: datetime, limit: int) -> int:
    """Removes up to `limit` windows that are over, and returns how many. Skips locked ones."""
    return len(await fetch(_REMOVE_ENDED.format(lock=skip_locked()), now, limit))
