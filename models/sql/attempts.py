"""Statements that count wrong codes: per address, per code, and consecutively per account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.sql.counters import add_hits, hit, upsert
from models.sql.database import Statement, dialect, fetch


@dataclass(frozen=True)
class Failure:
    """A wrong code: the keys of its three counters, and their limits."""

    address: str
    verification: str
    account: str
    max_per_address: int
    max_in_a_row: int
    lasts: timedelta
    """How long a count is kept: the address's after its first failure, the others after their last
    one."""


def _failing(rows: str) -> str:
    """Counts failures. Each one extends its window, unless the counter is full.

    So a lock ends after a day, even if somebody keeps guessing.
    """
    return f"{upsert(rows, lasts='counters.hits >= $2')} RETURNING key, hits"


# For SQLite: one statement counts the code's and the account's failures.
_FAILURES = _failing("VALUES ($4, 1, $3), ($5, 1, $3)")
# For PostgreSQL: the same, if the address allows the guess. Every statement locks the address's row
# first, then the code's, then the account's, which prevents deadlocks.
_TOLD = hit("VALUES ($6, 1, $3)")
_IF_TOLD = _failing(
    "SELECT each.key, 1, $3::timestamptz FROM told, (VALUES (1, $4), (2, $5)) AS each (n, key) "
    "WHERE told.hits <= $7 ORDER BY each.n"
)
GUESS = f"""
WITH told AS ({_TOLD}), failures AS ({_IF_TOLD})
SELECT hits AS used, (SELECT hits FROM failures WHERE key = $5) AS in_a_row FROM told
"""  # noqa: S608 - no value is written into it

_OPEN = "INSERT INTO counters (key, hits, expires_at) VALUES ({0}, 0, {1})"
_OPEN_ANEW = f"{_OPEN} ON CONFLICT (key) DO UPDATE SET hits = 0, expires_at = excluded.expires_at"


async def count_failure(failure: Failure, *, now: datetime) -> tuple[int, int]:
    """The guesses of the address so far, and the account's consecutive failures.

    Once the address has no guesses left, failures are not counted any more, and are 0.
    """
    ends = now + failure.lasts
    values = (now, failure.max_in_a_row, ends, failure.verification, failure.account)
    if dialect() == "postgres":
        (row,) = await fetch(GUESS, *values, failure.address, failure.max_per_address)
        return row["used"], row["in_a_row"] or 0
    seconds = int(failure.lasts.total_seconds())
    used = await add_hits(failure.address, 1, seconds=seconds, now=now)
    if used > failure.max_per_address:
        return used, 0
    rows = await fetch(_FAILURES, *values)
    return used, next(row["hits"] for row in rows if row["key"] == failure.account)


def opening(code: str, *, ends: datetime) -> Statement:
    """The statement that opens the counter of a new code.

    Redeeming the code then has a row to lock: a statement that waits does not see rows that were
    inserted after it began.
    """
    return Statement(_OPEN, (code, ends))


def opening_anew(code: str, *, ends: datetime) -> Statement:
    """The statement that resets the counter of a code."""
    return Statement(_OPEN_ANEW, (code, ends))
