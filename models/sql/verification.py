"""Statements that verify a user, and store what belongs to it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from models.sql.database import Statement, dialect, fetch, numbered, run, transaction
from models.sql.notify import notify_sql
from models.sql.select import read_user, returned_users, select_list, user_in
from models.tables.user import NO_PASSWORD, User

_MARK = """
UPDATE users SET is_verified = TRUE, updated_at = $2 WHERE id = $1 AND NOT is_verified
RETURNING {returning}
"""
_MARK_AT_ONCE = "WITH marked AS ({mark}), kept AS ({entry} FROM marked) {marked}"


async def mark_verified(user_id: UUID, entry: Statement, *, now: datetime) -> User | None:
    """The user, if this call verified them. It stores the audit entry too, or neither."""
    if dialect() == "postgres":
        statement = _mark_at_once(entry.sql, len(entry.values), notify_sql("id"))
        rows = await fetch(statement, user_id, now, *entry.values)
        return user_in(rows[0]) if rows else None
    async with transaction():
        if not await fetch(_MARK.format(returning="id"), user_id, now):
            return None
        await run(entry)
        return await read_user(user_id)


@cache
def _mark_at_once(entry: str, values: int, tell: str) -> str:
    return _MARK_AT_ONCE.format(
        mark=_MARK.format(returning=f"{select_list(User)}, {tell}"),
        entry=numbered(entry, values, start=3),
        marked=returned_users("marked"),
    )


class Redemption(NamedTuple):
    """A right code, and the counters that may block it."""

    user_id: UUID
    verification_id: UUID
    now: datetime
    address_key: str
    """The key of the address's count of wrong codes."""
    verification_key: str
    """The key of the code's count of wrong codes."""
    max_per_code: int
    account_key: str
    """The key of the account's count of consecutive failures."""
    max_in_a_row: int


@dataclass(frozen=True)
class Redeemed:
    """The user whom the code verified. `newly` is False if they were verified before."""

    user: User
    newly: bool


# A link from a notice voids the password of a verified user, who may send the same code again.
_HAS_PASSWORD = f"(is_verified OR password_hash <> '{NO_PASSWORD}')"
_IS_FULL = "key IN ($4, $5) AND hits >= $6 OR key = $7 AND hits >= $8"

# One statement checks that the code is the newest and that no counter is full. It locks the user's
# row, waiting for other redemptions and resends, and then the counters, waiting for earlier wrong
# codes. It reads the rows as they are once it has the locks. It does not see rows that were
# inserted after it began: the code's row always exists (models.sql.attempts), and a concurrent
# wrong code may count as the first of the next ones in a row. Redeeming a code again succeeds,
# without a second audit entry. Each step reads the step before, because PostgreSQL guarantees no
# other order.
_REDEEM_AT_ONCE = f"""
WITH person AS MATERIALIZED (
    SELECT id, is_verified FROM users
    WHERE id = $1 AND verification_id = $2 AND {_HAS_PASSWORD} FOR NO KEY UPDATE
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

# For SQLite, where a transaction that has begun to write runs alone.
_REDEEM = f"""
UPDATE users SET
    updated_at = CASE WHEN is_verified THEN updated_at ELSE $3 END,
    is_verified = TRUE
WHERE id = $1 AND verification_id = $2 AND {_HAS_PASSWORD}
AND NOT EXISTS (SELECT 1 FROM counters WHERE expires_at > $3 AND ({_IS_FULL}))
RETURNING id
"""  # noqa: S608 - no value is written into it
_IF_UNVERIFIED = " FROM users WHERE id = {%d} AND NOT is_verified RETURNING id"


class _NotRedeemedError(Exception):
    """Rolls the transaction back."""


async def verify_by_code(redemption: Redemption, entry: Statement) -> Redeemed | None:
    """Verifies the user by the right code; None if it no longer works, or if there is no password.

    It stores all or nothing: the user, the audit entry, and the reset of consecutive failures.
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
    # The entry comes first, because its insert shows whether the user was unverified.
    condition = _IF_UNVERIFIED % len(entry.values)
    conditional = Statement(entry.sql + condition, (*entry.values, redemption.user_id))
    newly = bool(await run(conditional))
    if not await fetch(_REDEEM, *redemption):
        raise _NotRedeemedError
    await fetch("DELETE FROM counters WHERE key = $1", redemption.account_key)
    user = await read_user(redemption.user_id)
    if user is None:
        raise _NotRedeemedError
    return Redeemed(user, newly)


@cache
def _redeem_at_once(entry: str, values: int, tell: str) -> str:
    return _REDEEM_AT_ONCE.format(
        user=select_list(User),
        entry=numbered(entry, values, start=9),
        tell=tell,
        redeemed=returned_users("redeemed"),
    )
