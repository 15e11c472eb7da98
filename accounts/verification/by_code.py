"""Verifies an address with the code from the mail."""

import math
from dataclasses import dataclass
from typing import TypeAlias

from accounts import audit
from accounts.addresses import MalformedAddressError, canonical
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.keyring import AttemptKeys
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidEmail, InvalidInput
from accounts.verification import attempts
from accounts.verification.attempts import AccountIsLocked, CodeIsClosed, CodeIsUsedUp
from accounts.verification.guess import Guess, NewestCode, guessed, look_up, newest_of
from models import User
from models.sql.database import one_session
from models.sql.verification import Redeemed, Redemption, redeem_code


@dataclass(frozen=True)
class Verified:
    user: User


@dataclass(frozen=True)
class InvalidOtp:
    attempts_remaining: int


@dataclass(frozen=True)
class ExpiredOtp:
    """The right code, too late."""


@dataclass(frozen=True)
class TooManyAttempts:
    """Five wrong guesses: from here on the right code is refused as well, until a resend."""


VerifyOutcome: TypeAlias = (
    Verified | InvalidInput | InvalidOtp | ExpiredOtp | TooManyAttempts | RateLimited
)


async def verify_by_code(*, email: str, otp: str, client: str, env: Environment) -> VerifyOutcome:
    """Verifies the address, if the code is the newest one that was mailed to it.

    A wrong guess takes the same statements for an address that nobody registered: a look-up, and
    the counts.
    """
    try:
        address = canonical(email)
    except MalformedAddressError as error:
        return InvalidInput((InvalidEmail(str(error)),))
    address_hash = env.keys.address_hash(address)
    async with one_session():
        found = await env.rate_limiter.hit_and_find(
            Hit("verify_client", client),
            Hit("verify_address", address_hash),
            query=newest_of(address),
        )
        if isinstance(found, RateLimited):
            return found
        guess = guessed(otp, found, address=address, address_hash=address_hash, env=env)
        if not guess.is_right:
            return await _miss(guess.keys, env=env)
        return await _redeem(guess, otp, env=env)


async def _redeem(guess: Guess, otp: str, *, env: Environment) -> VerifyOutcome:
    """What the right code is worth."""
    newest, keys = guess.newest, guess.keys
    if newest is None or newest.otp_expires_at is None or not guess.is_right:
        return await _miss(keys, env=env)
    in_time = newest.otp_expires_at > env.clock()
    if in_time:
        redeemed = await _redeemed(newest, guess, env=env)
        if redeemed is not None:
            if redeemed.newly:
                env.subscribers.tell(redeemed.user.id)
            return Verified(redeemed.user)
    match await attempts.obstacle(keys, env=env):
        case CodeIsClosed() | AccountIsLocked() as full:
            return _refusal(full, env=env)
        case CodeIsUsedUp():
            return await _miss(keys, env=env)
        case None if in_time:
            # A resend came between the look-up and the update: the code is not the newest any more.
            again = await look_up(
                otp, address=guess.address, address_hash=guess.address_hash, env=env
            )
            return await _redeem(again, otp, env=env)
        case None:
            return ExpiredOtp()


async def _redeemed(newest: NewestCode, guess: Guess, *, env: Environment) -> Redeemed | None:
    """Whom the right code has verified; None if it may not be redeemed any more."""
    now, keys = env.clock(), guess.keys
    subject = Subject.address(guess.address, keys=env.keys)
    redemption = Redemption(
        user_id=newest.user_id,
        verification_id=newest.id,
        now=now,
        address=keys.address,
        code=keys.code,
        max_per_code=attempts.MAX_PER_CODE,
        account=keys.account,
        max_in_a_row=attempts.MAX_IN_A_ROW,
    )
    entry = audit.inserting(Event(Action.VERIFIED, subject, at=now))
    return await redeem_code(redemption, entry)


async def _miss(keys: AttemptKeys, *, env: Environment) -> VerifyOutcome:
    """What a wrong code is answered, and a right one that may not count any more."""
    match await attempts.count_wrong(keys, env=env):
        case int(remaining):
            return InvalidOtp(remaining)
        case CodeIsClosed() | AccountIsLocked() as full:
            return _refusal(full, env=env)


def _refusal(
    obstacle: CodeIsClosed | AccountIsLocked, *, env: Environment
) -> TooManyAttempts | RateLimited:
    match obstacle:
        case CodeIsClosed():
            return TooManyAttempts()
        case AccountIsLocked(until):
            return RateLimited(max(1, math.ceil((until - env.clock()).total_seconds())))
