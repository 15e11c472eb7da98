"""Counts wrong guesses of codes: for each code, and in a row for each account.

Both counts are kept for addresses that nobody registered as well, under the same keys.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from limits import RateLimitItemPerDay

from accounts.environment import Environment
from accounts.marking import mark
from models import Counter
from models.database import dialect, fetch

MAX_PER_CODE = 5
"""One chance in 200,000 for six digits, and as many as people need for typing errors."""

MAX_IN_A_ROW = 100
"""Over all of an account's codes (NIST SP 800-63B 3.2.2)."""

LOCKED_FOR = timedelta(days=1)
"""How long a full row of failures is remembered, and any other one after its last failure."""

# A day, because no code lives longer (accounts.policies): a code never outlives its count.
_PER_CODE = RateLimitItemPerDay(MAX_PER_CODE, namespace="otp")

# The row's end moves with each failure, but not once it is full: a day then helps the owner,
# however long somebody goes on guessing.
_COUNT_IN_A_ROW = """
INSERT INTO counters (key, hits, expires_at) VALUES ($1, 1, $2)
ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN counters.expires_at <= $3 THEN 1 ELSE counters.hits + 1 END,
    expires_at = CASE
        WHEN counters.expires_at > $3 AND counters.hits >= $4 THEN counters.expires_at
        ELSE excluded.expires_at
    END
RETURNING hits
"""

# Opened with the code, so that the right guess finds a row to stand in line at.
_OPEN = """
INSERT INTO counters (key, hits, expires_at) VALUES (
    $1, COALESCE((SELECT hits FROM counters WHERE key = $2 AND expires_at > $3), 0), $4
)
"""

# One statement decides: the code is still the newest, and neither count is full. The right code a
# second time succeeds again, so `is_verified` is not asked for. On PostgreSQL it stands in line
# with the wrong guesses that came before it, by the lock on the count.
_SPEND = """
WITH counts AS (
    SELECT key, hits FROM counters WHERE key IN ($4, $6) AND expires_at > $3 {lock}
)
UPDATE users SET
    updated_at = CASE WHEN is_verified THEN updated_at ELSE $3 END,
    is_verified = TRUE
WHERE id = $1 AND verification_id = $2 AND NOT EXISTS (
    SELECT 1 FROM counts WHERE key = $4 AND hits >= $5 OR key = $6 AND hits >= $7
)
RETURNING id, updated_at = $3 AS newly
"""


@dataclass(frozen=True)
class Keys:
    """Under which guesses are counted: the code that they are aimed at, and the account."""

    code: str
    account: str

    @classmethod
    def of(cls, address_hash: str, *, verification_id: UUID | None) -> "Keys":
        """Without a verification, guesses are aimed at the address itself."""
        code = _PER_CODE.key_for(str(verification_id or address_hash))
        return cls(code=code, account=f"failures/{address_hash}")


@dataclass(frozen=True)
class CodeIsClosed:
    """The code has had its guesses."""


@dataclass(frozen=True)
class AccountIsLocked:
    """The account has had its failures in a row; only its links still work."""

    until: datetime


async def begin(verification_id: UUID, *, after: str | None = None, env: Environment) -> None:
    """Opens the count of a new code, at none, or with the guesses made at an address before.

    `after` is that address's hash. Where accounts are concealed a registration must not start a
    count anew, as it does nothing of the kind for a taken address.
    """
    now = env.clock()
    key = _PER_CODE.key_for(str(verification_id))
    earlier = _PER_CODE.key_for(after or "")
    await fetch(_OPEN, key, earlier, now, now + LOCKED_FOR)


async def count_wrong(keys: Keys, *, env: Environment) -> int | CodeIsClosed | AccountIsLocked:
    """How many more guesses the code allows. Only guesses that it allowed count as failures."""
    used = await env.attempts.incr(keys.code, _PER_CODE.get_expiry())
    if used > MAX_PER_CODE:
        return await _lock(keys, env=env) or CodeIsClosed()
    now = env.clock()
    rows = await fetch(_COUNT_IN_A_ROW, keys.account, now + LOCKED_FOR, now, MAX_IN_A_ROW)
    if rows[0]["hits"] > MAX_IN_A_ROW:
        return await _lock(keys, env=env) or CodeIsClosed()
    return MAX_PER_CODE - used


async def spend(*, user_id: UUID, verification_id: UUID, keys: Keys, env: Environment) -> bool:
    """Whether the right code verifies its user: in one statement, with both counts."""
    limits = (keys.code, MAX_PER_CODE, keys.account, MAX_IN_A_ROW)
    lock = "FOR UPDATE" if dialect() == "postgres" else ""
    statement = _SPEND.format(lock=lock)
    spent = await mark(statement, user_id, verification_id, env.clock(), *limits, env=env)
    if spent:
        await env.attempts.clear(keys.account)
    return bool(spent)


async def obstacle(keys: Keys, *, env: Environment) -> CodeIsClosed | AccountIsLocked | None:
    """Which count stands in the way of the right code, if one does."""
    lock = await _lock(keys, env=env)
    if lock is not None:
        return lock
    closed = await env.attempts.get(keys.code) >= MAX_PER_CODE
    return CodeIsClosed() if closed else None


async def forget(keys: Keys, *, env: Environment) -> None:
    """Both counts begin anew: an operator has looked at the case."""
    await env.attempts.clear(keys.code)
    await env.attempts.clear(keys.account)


async def _lock(keys: Keys, *, env: Environment) -> AccountIsLocked | None:
    row = await Counter.filter(
        key=keys.account, hits__gte=MAX_IN_A_ROW, expires_at__gt=env.clock()
    ).first()
    return AccountIsLocked(row.expires_at) if row else None
