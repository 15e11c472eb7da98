"""Counts wrong guesses of codes: at each address, at each code, and in a row for each account.

People are told the count at their address, which every resend starts anew, whoever asks for it.
A code has a count of its own, as not every resend brings another code. All of them are kept for
addresses that nobody registered as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.environment import Environment
from accounts.keyring import AttemptKeys
from models.sql import attempts as sql
from models.sql.attempts import Failure
from models.sql.counters import FORGET
from models.sql.database import Statement, run

MAX_PER_CODE = 5
"""One chance in 200,000 for six digits, and as many as people need for typing errors."""

MAX_IN_A_ROW = 100
"""Over all of an account's codes (NIST SP 800-63B 3.2.2)."""

LOCKED_FOR = timedelta(days=1)
"""How long a full row of failures is remembered, and any other one after its last failure.

Counts of codes as well: no code lives longer (accounts.policies), so none outlives its count."""


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
    keys = AttemptKeys.of(address_hash, verification_id=verification_id)
    # Of an address's count nothing is left: a row with nothing in it would be updated by the next
    # guess, which takes longer than the insert for an address that nobody has heard of.
    return (
        Statement(FORGET, (keys.address,)),
        sql.opening(keys.code, ends=env.clock() + LOCKED_FOR),
    )


async def count_wrong(
    keys: AttemptKeys, *, env: Environment
) -> int | CodeIsClosed | AccountIsLocked:
    """How many more guesses the address has. Only guesses that it allowed count as failures.

    An address that got no mail, having had its share, has its five guesses all the same, at a code
    that may have none left: to an outsider every address is like that of nobody.
    """
    failure = Failure(*keys, MAX_PER_CODE, MAX_IN_A_ROW, LOCKED_FOR)
    used, in_a_row = await sql.count_failure(failure, now=env.clock())
    if used > MAX_PER_CODE or in_a_row > MAX_IN_A_ROW:
        return await _lock(keys, env=env) or CodeIsClosed()
    return MAX_PER_CODE - used


async def obstacle(
    keys: AttemptKeys, *, env: Environment
) -> CodeIsClosed | CodeIsUsedUp | AccountIsLocked | None:
    """Which count stands in the way of the right code, if one does."""
    lock = await _lock(keys, env=env)
    if lock is not None:
        return lock
    if await env.counters.get(keys.address) >= MAX_PER_CODE:
        return CodeIsClosed()
    used_up = await env.counters.get(keys.code) >= MAX_PER_CODE
    return CodeIsUsedUp() if used_up else None


async def forget(keys: AttemptKeys, *, env: Environment) -> None:
    """All counts begin anew: an operator has looked at the case."""
    await env.counters.clear(keys.address)
    await run(sql.opening_anew(keys.code, ends=env.clock() + LOCKED_FOR))
    await env.counters.clear(keys.account)


async def _lock(keys: AttemptKeys, *, env: Environment) -> AccountIsLocked | None:
    until = await sql.full_until(keys.account, limit=MAX_IN_A_ROW, now=env.clock())
    return None if until is None else AccountIsLocked(until)
