"""Redeems a typed code for what its purpose allows, and counts wrong ones."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from accounts.client import Client
from accounts.environment import Environment
from accounts.keyring import DIGITS, AttemptKeys
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidInput, InvalidOtpFormat, Problem
from accounts.registration.input import checked_address
from accounts.verification import attempts
from accounts.verification.attempts import (
    AccountIsLocked,
    CodeHasNoAttemptsLeft,
    NoAttemptsLeft,
)
from accounts.verification.compare import (
    CodeAttempt,
    Target,
    compare,
    compare_with_rows,
    newest_code_query,
)
from accounts.verification.otp import read_code
from models import Purpose
from models.sql.verification import Redemption


@dataclass(frozen=True)
class InvalidOtp:
    attempts_remaining: int


@dataclass(frozen=True)
class ExpiredOtp:
    """The right code, but too late."""


@dataclass(frozen=True)
class TooManyAttempts:
    """Five wrong codes. Until another mail, the right code is refused as well."""


CodeRefusal: TypeAlias = InvalidInput | InvalidOtp | ExpiredOtp | TooManyAttempts | RateLimited

T = TypeVar("T")

Redeem: TypeAlias = Callable[[CodeAttempt], Awaitable[T | None]]
"""Does what a right code allows. None if the code cannot be redeemed any more."""


@dataclass(frozen=True)
class TypedCode:
    """A code as a person typed it, and the address that it was mailed to."""

    email: str = field(repr=False)
    otp: str = field(repr=False)


async def redeem_code(
    typed: TypedCode, *, purpose: Purpose, redeem: Redeem[T], client: Client, env: Environment
) -> T | CodeRefusal:
    """Calls `redeem` if the code is the newest one for this purpose that was mailed to the address.

    What cannot be a code is not counted. Wrong codes of all purposes of an address count together.
    A wrong code for an unregistered address runs the same statements: a look-up and the counts.
    """
    read = _read(typed)
    if isinstance(read, InvalidInput):
        return read
    address, code = read
    target = Target(address, env.keys.address_hash(address), purpose)
    found = await env.rate_limiter.hit_and_fetch(
        Hit("verify_client", client.key, (address,)),
        Hit("verify_address", target.address_hash),
        query=newest_code_query(target),
    )
    if isinstance(found, RateLimited):
        return found
    attempt = compare_with_rows(code, found, target=target, env=env)
    return await _redeem(attempt, code, redeem, env=env)


def redemption(attempt: CodeAttempt, *, env: Environment) -> Redemption | None:
    """The right code as the database has to check it; None for a wrong one."""
    if attempt.newest is None or attempt.newest.user_id is None or not attempt.is_right:
        return None
    return Redemption(
        user_id=attempt.newest.user_id,
        verification_id=attempt.newest.id,
        now=env.clock(),
        address_key=attempt.keys.address,
        verification_key=attempt.keys.verification,
        max_per_code=attempts.MAX_PER_CODE,
        account_key=attempt.keys.account,
        max_in_a_row=attempts.MAX_IN_A_ROW,
    )


def _read(typed: TypedCode) -> tuple[str, str] | InvalidInput:
    """The address and the digits of the code."""
    address, code = checked_address(typed.email), read_code(typed.otp)
    if isinstance(address, str) and code is not None:
        return address, code
    problems: list[Problem] = [] if isinstance(address, str) else [address]
    if code is None:
        problems.append(InvalidOtpFormat(DIGITS))
    return InvalidInput(tuple(problems))


async def _redeem(
    attempt: CodeAttempt, code: str, redeem: Redeem[T], *, env: Environment
) -> T | CodeRefusal:
    """Redeems a right code. A code that turns out to be wrong is counted."""
    newest, keys = attempt.newest, attempt.keys
    if newest is None or newest.otp_expires_at is None or not attempt.is_right:
        return await _wrong_code(keys, env=env)
    in_time = newest.otp_expires_at > env.clock()
    if in_time and await _may_redeem(attempt, env=env):
        redeemed = await redeem(attempt)
        if redeemed is not None:
            return redeemed
    match await attempts.obstacle(keys, env=env):
        case NoAttemptsLeft() | AccountIsLocked() as full:
            return _refusal(full, env=env)
        case CodeHasNoAttemptsLeft():
            return await _wrong_code(keys, env=env)
        case None if in_time:
            # Another mail between look-up and update replaced the code: compare with the new one.
            again = await compare(code, target=attempt.target, env=env)
            return await _redeem(again, code, redeem, env=env)
        case None:
            return ExpiredOtp()


async def _may_redeem(attempt: CodeAttempt, *, env: Environment) -> bool:
    """Whether attempts are left, before a redemption that tells more than whether it succeeded.

    A registration is verified in one statement, which looks at the counts itself.
    """
    if attempt.target.purpose is Purpose.REGISTRATION:
        return True
    return await attempts.obstacle(attempt.keys, env=env) is None


async def _wrong_code(
    keys: AttemptKeys, *, env: Environment
) -> InvalidOtp | TooManyAttempts | RateLimited:
    """Counts a wrong code, or a right one that is no longer valid, and returns the answer."""
    match await attempts.count_wrong(keys, env=env):
        case int(remaining):
            return InvalidOtp(remaining)
        case NoAttemptsLeft() | AccountIsLocked() as full:
            return _refusal(full, env=env)


def _refusal(
    obstacle: NoAttemptsLeft | AccountIsLocked, *, env: Environment
) -> TooManyAttempts | RateLimited:
    match obstacle:
        case NoAttemptsLeft():
            return TooManyAttempts()
        case AccountIsLocked(until):
            return RateLimited.until(until, now=env.clock())
