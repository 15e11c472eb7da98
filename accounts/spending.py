"""Spends the right code, unless a count of wrong guesses has come first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.guesses import MAX_IN_A_ROW, MAX_PER_CODE, Keys
from models import User
from models.database import dialect, fetch, transaction
from models.notices import telling
from models.reading import columns, read_user, returned_users, user_in
from models.statements import numbered

_IS_FULL = "key IN ($4, $5) AND hits >= $6 OR key = $7 AND hits >= $8"

# One statement decides: the code is still the newest, and no count is full. It stands in line at
# the user's row with whoever else spends or resends, and then at the counts with the wrong guesses
# that came before it; what it reads of these rows is what they are once it has its turn. Rows that
# are new since it began it does not see: the code's is always there (accounts.guesses), and a
# failure at the same time may be the first of the next ones in a row. The right code a second time
# succeeds again, and leaves no second entry. Each step reads the one before, as PostgreSQL promises
# no other order.
_AT_ONCE = f"""
WITH person AS MATERIALIZED (
    SELECT id, is_verified FROM users WHERE id = $1 AND verification_id = $2 FOR NO KEY UPDATE
), counts AS MATERIALIZED (
    SELECT counters.key, counters.hits FROM person, counters
    WHERE counters.key IN ($4, $5, $7) AND counters.expires_at > $3
    ORDER BY counters.key DESC FOR UPDATE OF counters
), admitted AS MATERIALIZED (
    SELECT id, is_verified FROM person WHERE NOT EXISTS (SELECT FROM counts WHERE {_IS_FULL})
), spent AS (
    UPDATE users SET
        updated_at = CASE WHEN admitted.is_verified THEN updated_at ELSE $3 END,
        is_verified = TRUE
    FROM admitted WHERE users.id = admitted.id
    RETURNING {{user}}, NOT admitted.is_verified AS newly,
        CASE WHEN NOT admitted.is_verified THEN {{tell}} END
), forgotten AS (
    DELETE FROM counters USING spent WHERE counters.key = $7
), kept AS (
    {{entry}} FROM spent WHERE spent.newly
)
{{spent}}
"""  # noqa: S608 - no value is written into it

# For SQLite, on which a transaction that has begun to write is alone.
_SPEND = f"""
UPDATE users SET
    updated_at = CASE WHEN is_verified THEN updated_at ELSE $3 END,
    is_verified = TRUE
WHERE id = $1 AND verification_id = $2
AND NOT EXISTS (SELECT 1 FROM counters WHERE expires_at > $3 AND ({_IS_FULL}))
RETURNING id
"""  # noqa: S608 - no value is written into it


@dataclass(frozen=True)
class Spent:
    """Whom the code has verified, and whether it is what has verified them."""

    user: User
    newly: bool


class _NotSpentError(Exception):
    """Rolls the transaction back."""


async def spend(
    *, user_id: UUID, verification_id: UUID, address: str, keys: Keys, env: Environment
) -> Spent | None:
    """What the right code comes to; None, where it may not be spent any more.

    Either all of it is stored, or nothing: the user, the entry in the audit, and that the failures
    in a row are forgotten.
    """
    now = env.clock()
    event = Event(Action.VERIFIED, Subject.address(address, keys=env.keys), at=now)
    limits = (keys.address, keys.code, MAX_PER_CODE, keys.account, MAX_IN_A_ROW)
    values = (user_id, verification_id, now, *limits)
    if dialect() == "postgres":
        return await _spent_at_once(event, values)
    try:
        async with transaction():
            # First, as it tells a first time from another one.
            newly = await audit.record_unless_verified(event, user_id=user_id)
            if not await fetch(_SPEND, *values):
                raise _NotSpentError
            await env.counters.clear(keys.account)
            user = await read_user("users.id = $1", user_id)
    except _NotSpentError:
        return None
    return None if user is None else Spent(user, newly)


async def _spent_at_once(event: Event, values: Sequence[object]) -> Spent | None:
    entry = audit.inserting(event)
    statement = _at_once(entry.sql, len(entry.values), telling("users.id"))
    for row in await fetch(statement, *values, *entry.values):
        return Spent(user_in(row), row["newly"])
    return None


@cache
def _at_once(entry: str, values: int, tell: str) -> str:
    return _AT_ONCE.format(
        user=columns(User),
        entry=numbered(entry, values, start=9),
        tell=tell,
        spent=returned_users("spent"),
    )
