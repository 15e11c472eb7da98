"""The SQL that counts: a step of the database, so that parallel hits are counted one by one."""

from functools import cache

from models.statements import numbered


def upsert(
    rows: str, *, now: str = "$1", more: str = "ELSE counters.hits + 1", lasts: str = "TRUE"
) -> str:
    """Counts in a window for each of `rows`, which have a key, the first hit and the end.

    `more` is what becomes of the hits of a window that runs at `now`, and `lasts` whether it keeps
    its end. One that is over begins anew.
    """
    return f"""
INSERT INTO counters (key, hits, expires_at) {rows}
ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN counters.expires_at <= {now} THEN excluded.hits {more} END,
    expires_at = CASE
        WHEN counters.expires_at > {now} AND {lasts} THEN counters.expires_at
        ELSE excluded.expires_at
    END
"""


def hit(rows: str) -> str:
    """A hit for each of `rows`, at `$1`, and how many there are now."""
    return f"{upsert(rows)} RETURNING hits"


ADD = upsert("VALUES ($2, $3, $4)", more="ELSE counters.hits + excluded.hits") + "RETURNING hits"
# A hit too many is NULL, which the column refuses: whatever it is part of has then not happened.
HIT_OR_FAIL = upsert(
    "VALUES ({0}, 1, {1})", now="{2}", more="WHEN counters.hits < {3} THEN counters.hits + 1"
)
RESTART = """
INSERT INTO counters (key, hits, expires_at) VALUES ({0}, 1, {1})
ON CONFLICT (key) DO UPDATE SET hits = 1, expires_at = excluded.expires_at
"""
LOOK = "SELECT hits, expires_at FROM counters WHERE key = $1 AND expires_at > $2"
FORGET = "DELETE FROM counters WHERE key = {0}"


@cache
def hit_in_turn(count: int, query: str = "", values: int = 0) -> str:
    """One statement for `count` windows, each of which is counted if the one before admits it.

    A query's row, or one of NULLs, is beside the place of the first that was full.
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
