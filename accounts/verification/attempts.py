"""Counts wrong codes: per address, per code, and in a row per account.

Clients see the count of the address. Every resend resets it, whoever requests the resend. A code
has its own count, because not every resend sends another code. All counts exist for unregistered
addresses as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.environment import Environment
from accounts.keyring import AttemptKeys
from models.sql import attempts as sql
from models.sql.attempts import WrongCode
from models.sql.counters import FORGET, full_until
from models.sql.database import Statement, run

MAX_PER_CODE = 5
"""A chance of 1 in 200,000 for six digits, and enough attempts for typing errors."""

MAX_IN_A_ROW = 100
"""Over all codes of an account (NIST SP 800-63B 3.2.2)."""

LOCKED_FOR = timedelta(days=1)
"""How long an account is locked.

The address's count ends this long after its first wrong code, a code's after its last one, and the
account's after its last one, unless it is full. No code is valid for longer (accounts.policies), so
none outlives its count."""


@dataclass(frozen=True)
class NoAttemptsLeft:
    """The address has no attempts left."""


@dataclass(frozen=True)
class AccountIsLocked:
    """The account has had too many wrong codes in a row. Only its links still work."""

    until: datetime


@dataclass(frozen=True)
class CodeHasNoAttemptsLeft:
    """The code has no attempts left, but clients see some for its address: see `count_wrong`."""


def open_counts(
    verification_id: UUID, *, address_hash: str, env: Environment
) -> Sequence[Statement]:
    """The statements that open the count of a new code and reset the count of its address."""
    keys = AttemptKeys.of(address_hash, verification_id=verification_id)
    # The row of the address's count is deleted, not set to 0: updating a row takes longer than
    # inserting one, and the next wrong code would reveal that the address is known.
    return (
        Statement(FORGET, (keys.address,)),
        Statement(sql.OPEN, (keys.verification, env.clock() + LOCKED_FOR)),
    )


async def count_wrong(
    keys: AttemptKeys, *, env: Environment
) -> int | NoAttemptsLeft | AccountIsLocked:
    """Counts a wrong code, and returns how many attempts are left.

    The counts of the code and of the account grow only while the address has attempts left. After a
    resend that exceeds the mail limit there is no new code, but the address again has five
    attempts. Its old code may have none left. So it looks like an unregistered address to clients.
    """
    wrong = WrongCode(*keys, MAX_PER_CODE, MAX_IN_A_ROW, LOCKED_FOR)
    used, in_a_row = await sql.count_wrong_code(wrong, now=env.clock())
    if used > MAX_PER_CODE or in_a_row > MAX_IN_A_ROW:
        return await _lock(keys, env=env) or NoAttemptsLeft()
    return MAX_PER_CODE - used


async def obstacle(
    keys: AttemptKeys, *, env: Environment
) -> NoAttemptsLeft | CodeHasNoAttemptsLeft | AccountIsLocked | None:
    """The count that blocks even the right code, if there is one."""
    lock = await _lock(keys, env=env)
    if lock is not None:
        return lock
    if await env.counters.get(keys.address) >= MAX_PER_CODE:
        return NoAttemptsLeft()
    used_up = await env.counters.get(keys.verification) >= MAX_PER_CODE
    return CodeHasNoAttemptsLeft() if used_up else None


async def reset(
    address_hash: str, verification_ids: Iterable[UUID | None], *, env: Environment
) -> None:
    """Resets the counts of an address, of its account and of these codes, for an operator."""
    each = [AttemptKeys.of(address_hash, verification_id=id_) for id_ in verification_ids]
    await env.counters.clear(each[0].address)
    # In the order of the locks, which is descending.
    for code in sorted({keys.verification for keys in each}, reverse=True):
        await run(sql.reset_counter(code, ends=env.clock() + LOCKED_FOR))
    await env.counters.clear(each[0].account)


async def _lock(keys: AttemptKeys, *, env: Environment) -> AccountIsLocked | None:
    until = await full_until(keys.account, limit=MAX_IN_A_ROW, now=env.clock())
    return None if until is None else AccountIsLocked(until)
