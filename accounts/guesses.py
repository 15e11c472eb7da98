"""Counts wrong guesses of codes: at each address, at each code, and in a row for each account.

People are told the count at their address, which every resend starts anew, whoever asks for it.
A code has a count of its own, as not every resend brings another code. All of them are kept for
addresses that nobody registered as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from accounts.counter_statements import FORGET, hit, upsert
from accounts.environment import Environment
from models.database import as_moment, dialect, fetch
from models.statements import Statement, run

MAX_PER_CODE = 5
"""One chance in 200,000 for six digits, and as many as people need for typing errors."""

MAX_IN_A_ROW = 100
"""Over all of an account's codes (NIST SP 800-63B 3.2.2)."""

LOCKED_FOR = timedelta(days=1)
"""How long a full row of failures is remembered, and any other one after its last failure.

Counts of codes as well: no code lives longer (accounts.policies), so none outlives its count."""


def _failing(rows: str) -> str:
    """Counts failures. A window's end moves with each of them, but not once it is full.

    A day then helps the owner, however long somebody goes on guessing.
    """
    return f"{upsert(rows, lasts='counters.hits >= $2')} RETURNING key, hits"


# Two rows in one statement, for SQLite: the code's failures, and the account's in a row.
_FAILURES = _failing("VALUES ($4, 1, $3), ($5, 1, $3)")
# The same, if the address allows the guess. All who take several of these rows take the address's
# first, then the code's, then the account's, so that nobody waits in a circle.
_TOLD = hit("VALUES ($6, 1, $3)")
_IF_TOLD = _failing(
    "SELECT each.key, 1, $3::timestamptz FROM told, (VALUES (1, $4), (2, $5)) AS each (n, key) "
    "WHERE told.hits <= $7 ORDER BY each.n"
)
_GUESS = f"""
WITH told AS ({_TOLD}), failures AS ({_IF_TOLD})
SELECT hits AS used, (SELECT hits FROM failures WHERE key = $5) AS in_a_row FROM told
"""  # noqa: S608 - no value is written into it

# The code's count is opened with it, so that the right guess finds a row to stand in line at: a
# statement that waits does not see rows that are new since it began.
_OPEN = "INSERT INTO counters (key, hits, expires_at) VALUES ({0}, 0, {1})"
_OPEN_ANEW = f"{_OPEN} ON CONFLICT (key) DO UPDATE SET hits = 0, expires_at = excluded.expires_at"

_FULL = "SELECT expires_at FROM counters WHERE key = $1 AND hits >= $2 AND expires_at > $3"


class Keys(NamedTuple):
    """Under which guesses are counted, in the alphabet's order, from its end."""

    address: str
    code: str
    account: str

    @classmethod
    def of(cls, address_hash: str, *, verification_id: UUID | None) -> "Keys":
        """The keys of an address. Without a verification nobody asks what is counted for a code."""
        return cls(
            address=f"guesses/told/{address_hash}",
            code=f"guesses/code/{verification_id or address_hash}",
            account=f"guesses/account/{address_hash}",
        )


@dataclass(frozen=True)
class CodeIsClosed:
    """The address has had its guesses."""


@dataclass(frozen=True)
class AccountIsLocked:
    """The account has had its failures in a row; only its links still work."""

    until: datetime


@dataclass(frozen=True)
class CodeIsUsedUp:
    """The code has had its guesses, though its address was told of more: see `count_wrong`."""


def opening(verification_id: UUID, *, address_hash: str, env: Environment) -> Sequence[Statement]:
    """What opens the count of a new code, and has the one at its address start anew."""
    keys = Keys.of(address_hash, verification_id=verification_id)
    # Of an address's count nothing is left: a row with nothing in it would be updated by the next
    # guess, which takes longer than the insert for an address that nobody has heard of.
    return (
        Statement(FORGET, (keys.address,)),
        Statement(_OPEN, (keys.code, env.clock() + LOCKED_FOR)),
    )


async def count_wrong(keys: Keys, *, env: Environment) -> int | CodeIsClosed | AccountIsLocked:
    """How many more guesses the address has. Only guesses that it allowed count as failures.

    An address that got no mail, having had its share, has its five guesses all the same, at a code
    that may have none left: to an outsider every address is like that of nobody.
    """
    used, in_a_row = await _count(keys, env=env)
    if used > MAX_PER_CODE or in_a_row > MAX_IN_A_ROW:
        return await _lock(keys, env=env) or CodeIsClosed()
    return MAX_PER_CODE - used


async def _count(keys: Keys, *, env: Environment) -> tuple[int, int]:
    """How many guesses the address has had, and the account's failures in a row.

    On PostgreSQL by one statement. The failures are not counted any more, and are 0, once the
    address has had its guesses.
    """
    now = env.clock()
    values = (now, MAX_IN_A_ROW, now + LOCKED_FOR, keys.code, keys.account)
    if dialect() == "postgres":
        (row,) = await fetch(_GUESS, *values, keys.address, MAX_PER_CODE)
        return row["used"], row["in_a_row"] or 0
    used = await env.counters.incr(keys.address, int(LOCKED_FOR.total_seconds()))
    if used > MAX_PER_CODE:
        return used, 0
    rows = await fetch(_FAILURES, *values)
    return used, next(row["hits"] for row in rows if row["key"] == keys.account)


async def obstacle(
    keys: Keys, *, env: Environment
) -> CodeIsClosed | CodeIsUsedUp | AccountIsLocked | None:
    """Which count stands in the way of the right code, if one does."""
    lock = await _lock(keys, env=env)
    if lock is not None:
        return lock
    if await env.counters.get(keys.address) >= MAX_PER_CODE:
        return CodeIsClosed()
    used_up = await env.counters.get(keys.code) >= MAX_PER_CODE
    return CodeIsUsedUp() if used_up else None


async def forget(keys: Keys, *, env: Environment) -> None:
    """All counts begin anew: an operator has looked at the case."""
    await env.counters.clear(keys.address)
    await run(Statement(_OPEN_ANEW, (keys.code, env.clock() + LOCKED_FOR)))
    await env.counters.clear(keys.account)


async def _lock(keys: Keys, *, env: Environment) -> AccountIsLocked | None:
    for row in await fetch(_FULL, keys.account, MAX_IN_A_ROW, env.clock()):
        return AccountIsLocked(as_moment(row["expires_at"]))
    return None
