"""Verifies an address with the code from its mail."""

import math
from dataclasses import dataclass
from typing import TypeAlias

from accounts import audit
from accounts.addresses import MalformedAddressError, canonical
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.keyring import DIGITS, AttemptKeys, read_code
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidEmail, InvalidInput, InvalidOtpFormat, Problem
from accounts.verification import attempts
from accounts.verification.attempts import AccountIsLocked, CodeHasNoGuessesLeft, NoGuessesLeft
from accounts.verification.guess import Guess, NewestCode, find_guess, guess_from_rows, newest_of
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
    """The right code, but too late."""


@dataclass(frozen=True)
class TooManyAttempts:
    """Five wrong guesses. Until a resend, the right code is refused as well."""


VerifyOutcome: TypeAlias = (
    Verified | InvalidInput | InvalidOtp | ExpiredOtp | TooManyAttempts | RateLimited
)


async def verify_by_code(
    *, email: str, otp: str, client: Client, env: Environment
) -> VerifyOutcome:
    """Verifies the address if the code is the newest one that was mailed to it.

    What cannot be a code counts as no guess. A wrong guess at an unregistered address runs the same
    statements: a look-up and the counts.
    """
    typed = _read(email, otp)
    if isinstance(typed, InvalidInput):
        return typed
    address, code = typed
    address_hash = env.keys.address_hash(address)
    async with one_session():
        found = await env.rate_limiter.hit_and_fetch(
            Hit("verify_client", client.key),
            Hit("verify_address", address_hash),
            query=newest_of(address),
        )
        if isinstance(found, RateLimited):
            return found
        guess = guess_from_rows(code, found, address=address, address_hash=address_hash, env=env)
        if not guess.is_right:
            return await _wrong_guess(guess.keys, env=env)
        return await _redeem(guess, code, env=env)


def _read(email: str, otp: str) -> tuple[str, str] | InvalidInput:
    """The address and the digits of the code."""
    problems: list[Problem] = []
    address = ""
    try:
        address = canonical(email)
    except MalformedAddressError as error:
        problems.append(InvalidEmail(error.message))
    code = read_code(otp)
    if code is None:
        problems.append(InvalidOtpFormat(DIGITS))
    return InvalidInput(tuple(problems)) if code is None or problems else (address, code)


async def _redeem(guess: Guess, code: str, *, env: Environment) -> VerifyOutcome:
    """Redeems the right code. A code that turns out to be wrong counts as a wrong guess."""
    newest, keys = guess.newest, guess.keys
    if newest is None or newest.otp_expires_at is None or not guess.is_right:
        return await _wrong_guess(keys, env=env)
    in_time = newest.otp_expires_at > env.clock()
    if in_time:
        redeemed = await _try_to_redeem(newest, guess, env=env)
        if redeemed is not None:
            if redeemed.newly:
                env.subscribers.notify(redeemed.user.id)
            return Verified(redeemed.user)
    match await attempts.obstacle(keys, env=env):
        case NoGuessesLeft() | AccountIsLocked() as full:
            return _refusal(full, env=env)
        case CodeHasNoGuessesLeft():
            return await _wrong_guess(keys, env=env)
        case None if in_time:
            # A resend between look-up and update replaced the code: compare with the new one.
            again = await find_guess(
                code, address=guess.address, address_hash=guess.address_hash, env=env
            )
            return await _redeem(again, code, env=env)
        case None:
            return ExpiredOtp()


async def _try_to_redeem(newest: NewestCode, guess: Guess, *, env: Environment) -> Redeemed | None:
    """The user that the right code has verified; None if it can no longer be redeemed."""
    now, keys = env.clock(), guess.keys
    subject = Subject.address(guess.address, keys=env.keys)
    redemption = Redemption(
        user_id=newest.user_id,
        verification_id=newest.id,
        now=now,
        address_key=keys.address,
        verification_key=keys.verification,
        max_per_code=attempts.MAX_PER_CODE,
        account_key=keys.account,
        max_in_a_row=attempts.MAX_IN_A_ROW,
    )
    entry = audit.inserting(Event(Action.VERIFIED, subject, at=now, detail="by code"))
    return await redeem_code(redemption, entry)


async def _wrong_guess(keys: AttemptKeys, *, env: Environment) -> VerifyOutcome:
    """The answer to a wrong code, or to a right one that is no longer valid."""
    match await attempts.count_wrong(keys, env=env):
        case int(remaining):
            return InvalidOtp(remaining)
        case NoGuessesLeft() | AccountIsLocked() as full:
            return _refusal(full, env=env)


def _refusal(
    obstacle: NoGuessesLeft | AccountIsLocked, *, env: Environment
) -> TooManyAttempts | RateLimited:
    match obstacle:
        case NoGuessesLeft():
            return TooManyAttempts()
        case AccountIsLocked(until):
            return RateLimited(max(1, math.ceil((until - env.clock()).total_seconds())))
