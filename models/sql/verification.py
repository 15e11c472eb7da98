"""The statements that verify a user, together with what has to be stored with that."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from models.sql.database import Statement, dialect, fetch, numbered, run, transaction
from models.sql.notify import notify_sql
from models.sql.select import columns, read_user, returned_users, user_in
from models.tables.user import User

_MARK = """
UPDATE users SET is_verified = TRUE, updated_at = $2 WHERE id = $1 AND NOT is_verified
RETURNING {returning}
"""
_MARK_AT_ONCE = "WITH marked AS ({mark}), kept AS ({entry} FROM marked) {marked}"


async def mark_verified(user_id: UUID, entry: Statement, *, now: datetime) -> User | None:
    """The user, if this has verified them. The audit's entry is stored with it, or neither is."""
    if dialect() == "postgres":
        statement = _mark_at_once(entry.sql, len(entry.values), notify_sql("id"))
        rows = await fetch(statement, user_id, now, *entry.values)
        return user_in(rows[0]) if rows else None
    async with transaction():
        if not await fetch(_MARK.format(returning="id"), user_id, now):
            return None
        await run(entry)
        return await read_user("users.id = $1", user_id)


@cache
def _mark_at_once(entry: str, values: int, tell: str) -> str:
    return _MARK_AT_ONCE.format(
        mark=_MARK.format(returning=f"{columns(User)}, {tell}"),
        entry=numbered(entry, values, start=3),
        marked=returned_users("marked"),
    )


class Redemption(NamedTuple):
    """A right code, and the counts of wrong ones that may stand in its way."""

    user_id: UUID
    verification_id: UUID
    now: datetime
    address: str
    """The key of the count of guesses at the address."""
    code: str
    """The key of the count of guesses at the code."""
    max_per_code: int
    account: str
    """The key of the count of failures in a row."""
    max_in_a_row: int


@dataclass(frozen=True)
class Redeemed:
    """Whom the code has verified. `newly` is False if they were verified before."""

    user: User
    newly: bool


_IS_FULL = "key IN ($4, $5) AND hits >= $6 OR key = $7 AND hits >= $8"

# One statement decides: the code is still the newest, and no count is full. It waits for the user's
# row with whoever else redeems or resends, and then for the counts with the wrong guesses that came
# before it. What it reads of these rows is what they are once it has its turn. It does not see rows
# that are new since it began: the code's is always there (models.sql.attempts), and a failure at
# the same time may be the first of the next ones in a row. The right code a second time succeeds
# again, and leaves no second entry. Each step reads the one before, as PostgreSQL promises no other
# order.
_REDEEM_AT_ONCE = f"""
WITH person AS MATERIALIZED (
    SELECT id, is_verified FROM users WHERE id = $1 AND verification_id = $2 FOR NO KEY UPDATE
), counts AS MATERIALIZED (
    SELECT counters.key, counters.hits FROM person, counters
    WHERE counters.key IN ($4, $5, $7) AND counters.expires_at > $3
    ORDER BY counters.key DESC FOR UPDATE OF counters
), admitted AS MATERIALIZED (
    SELECT id, is_verified FROM person WHERE NOT EXISTS (SELECT FROM counts WHERE {_IS_FULL})
), redeemed AS (
    UPDATE users SET
        updated_at = CASE WHEN admitted.is_verified THEN updated_at ELSE $3 END,
        is_verified = TRUE
    FROM admitted WHERE users.id = admitted.id
    RETURNING {{user}}, NOT admitted.is_verified AS newly,
        CASE WHEN NOT admitted.is_verified THEN {{tell}} END
), forgotten AS (
    DELETE FROM counters USING redeemed WHERE counters.key = $7
), kept AS (
    {{entry}} FROM redeemed WHERE redeemed.newly
)
{{redeemed}}
"""  # noqa: S608 - no value is written into it

# For SQLite, on which a transaction that has begun to write is alone.
_REDEEM = f"""
UPDATE users SET
    updated_at = CASE WHEN is_verified THEN updated_at ELSE $3 END,
    is_verified = TRUE
WHERE id = $1 AND verification_id = $2
AND NOT EXISTS (SELECT 1 FROM counters WHERE expires_at > $3 AND ({_IS_FULL}))
RETURNING id
"""  # noqa: S608 - no value is written into it
_IF_UNVERIFIED = " FROM users WHERE id = {%d} AND NOT is_verified RETURNING id"


class _NotRedeemedError(Exception):
    """Rolls the transaction back."""


async def redeem_code(redemption: Redemption, entry: Statement) -> Redeemed | None:
    """What the right code comes to; None if it may not be redeemed any more.

    Either all of it is stored, or nothing: the user, the audit's entry, and that the failures in a
    row are forgotten.
    """
    if dialect() == "postgres":
        statement = _redeem_at_once(entry.sql, len(entry.values), notify_sql("users.id"))
        for row in await fetch(statement, *redemption, *entry.values):
            return Redeemed(user_in(row), row["newly"])
        return None
    try:
        async with transaction():
            return await _redeem(redemption, entry)
    except _NotRedeemedError:
        return None


async def _redeem(redemption: Redemption, entry: Statement) -> Redeemed:
    # The entry first, as it tells a first time from another one.
    condition = _IF_UNVERIFIED % len(entry.values)
    conditional = Statement(entry.sql + condition, (*entry.values, redemption.user_id))
    newly = bool(await run(conditional))
    if not await fetch(_REDEEM, *redemption):
        raise _NotRedeemedError
    await fetch("DELETE FROM counters WHERE key = $1", redemption.account)
    user = await read_user("users.id = $1", redemption.user_id)
    if user is None:
        raise _NotRedeemedError
    return Redeemed(user, newly)


@cache
def _redeem_at_once(entry: str, values: int, tell: str) -> str:
    return _REDEEM_AT_ONCE.format(
        user=columns(User),
        entry=numbered(entry, values, start=9),
        tell=tell,
        redeemed=returned_users("redeemed"),
    )
