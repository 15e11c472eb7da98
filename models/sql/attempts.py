"""Statements that count wrong codes: per address, per code, and in a row per account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.sql.counters import add_hits, hit, upsert
from models.sql.database import Statement, dialect, fetch


@dataclass(frozen=True)
class WrongCode:
    """A wrong code: the keys of its three counters, and their limits."""

    address: str
    verification: str
    account: str
    max_per_address: int
    max_in_a_row: int
    lasts: timedelta
    """How long a count is kept: the address's after its first wrong code, the others after their
    last one."""


def _count_each(rows: str) -> str:
    """Counts a wrong code in each row, and extends the row's window, up to `max_in_a_row` hits.

    So the lock of an account ends after a day, even if somebody goes on trying.
    """
    return f"{upsert(rows, keeps_end='counters.hits >= $2')} RETURNING key, hits"


# For SQLite: one statement counts for the code and for the account.
_COUNT_CODE_AND_ACCOUNT = _count_each("VALUES ($4, 1, $3), ($5, 1, $3)")
# For PostgreSQL: the same, if the address has attempts left. Every statement locks the address's
# row first, then the code's, then the account's, which prevents deadlocks.
_COUNT_ADDRESS = hit("VALUES ($6, 1, $3)")
_COUNT_CODE_AND_ACCOUNT_IF_ADMITTED = _count_each(
    "SELECT each.key, 1, $3::timestamptz "
    "FROM address_count, (VALUES (1, $4), (2, $5)) AS each (n, key) "
    "WHERE address_count.hits <= $7 ORDER BY each.n"
)
COUNT_WRONG_CODE = f"""
WITH address_count AS ({_COUNT_ADDRESS}),
    counted AS ({_COUNT_CODE_AND_ACCOUNT_IF_ADMITTED})
SELECT hits AS used, (SELECT hits FROM counted WHERE key = $5) AS in_a_row FROM address_count
"""  # noqa: S608 - no value is written into it

OPEN = "INSERT INTO counters (key, hits, expires_at) VALUES ({0}, 0, {1})"
"""Opens the counter `{0}` of a new code, which lasts until `{1}`.

Redeeming the code then has a row to lock: a statement that waits does not see rows that were
inserted after it began."""

_OPEN_ANEW = f"{OPEN} ON CONFLICT (key) DO UPDATE SET hits = 0, expires_at = excluded.expires_at"


async def count_wrong_code(wrong: WrongCode, *, now: datetime) -> tuple[int, int]:
    """The wrong codes of the address so far, and those of the account in a row.

    Once the address has no attempts left, those of the account are not counted any more, and are 0.
    """
    ends = now + wrong.lasts
    values = (now, wrong.max_in_a_row, ends, wrong.verification, wrong.account)
    if dialect() == "postgres":
        (row,) = await fetch(COUNT_WRONG_CODE, *values, wrong.address, wrong.max_per_address)
        return row["used"], row["in_a_row"] or 0
    seconds = int(wrong.lasts.total_seconds())
    used = await add_hits(wrong.address, 1, seconds=seconds, now=now)
    if used > wrong.max_per_address:
        return used, 0
    rows = await fetch(_COUNT_CODE_AND_ACCOUNT, *values)
    return used, next(row["hits"] for row in rows if row["key"] == wrong.account)


def reset_counter(code: str, *, ends: datetime) -> Statement:
    """The statement that resets the counter of a code."""
    return Statement(_OPEN_ANEW, (code, ends))
