"""Verifies an address: with the code from the mail, or with its link."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from limits import RateLimitItemPerDay
from tortoise.expressions import F

from accounts.addresses import MalformedAddressError, canonical
from accounts.codes import UnknownKeyError, same_code
from accounts.environment import Environment
from accounts.problems import InvalidEmail, InvalidInput
from accounts.throttle import Hit, RateLimited
from models import EmailVerification, User
from models.database import fetch

MAX_ATTEMPTS = 5
"""Wrong guesses per code: one chance in 200,000 for six digits (NIST SP 800-63B 3.2.2 asks for
limits; five is what people need for typing errors)."""

# A day, because no code lives longer (accounts.policies): a count never ends before its code.
_ATTEMPTS = RateLimitItemPerDay(MAX_ATTEMPTS, namespace="otp")


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


@dataclass(frozen=True)
class InvalidLink:
    """Not a link of ours."""


@dataclass(frozen=True)
class ExpiredLink:
    """A link of ours whose time is over, or whose registration has been replaced."""


VerifyOutcome: TypeAlias = (
    Verified | InvalidInput | InvalidOtp | ExpiredOtp | TooManyAttempts | RateLimited
)
VerifyByLinkOutcome: TypeAlias = Verified | InvalidLink | ExpiredLink | RateLimited


def attempts_key(*, verification_id: UUID | None, address_hash: str) -> str:
    """Under which a guess is counted: the code that it is aimed at, or the address without one."""
    return _ATTEMPTS.key_for(str(verification_id or address_hash))


async def verify(*, email: str, otp: str, client: str, env: Environment) -> VerifyOutcome:
    """Verifies the address, if the code is the newest one that was mailed to it.

    A wrong guess takes the same two statements for an address that nobody registered: a look-up and
    a count.
    """
    try:
        address = canonical(email)
    except MalformedAddressError as error:
        return InvalidInput((InvalidEmail(str(error)),))
    address_hash = env.keys.address_hash(address)
    refused = await env.throttle.hit(
        Hit("verify_client", client), Hit("verify_address", address_hash)
    )
    if refused is not None:
        return refused

    return await _judge(otp, address=address, address_hash=address_hash, env=env)


async def _judge(otp: str, *, address: str, address_hash: str, env: Environment) -> VerifyOutcome:
    now = env.clock()
    newest = await _newest(address)
    key = attempts_key(verification_id=newest.id if newest else None, address_hash=address_hash)
    if newest is None or not _is_right(otp, newest, env=env):
        used = await env.attempts.incr(key, _ATTEMPTS.get_expiry())
        return TooManyAttempts() if used > MAX_ATTEMPTS else InvalidOtp(MAX_ATTEMPTS - used)
    if newest.otp_expires_at is not None and newest.otp_expires_at > now:
        user = await _spend(newest, attempts_key=key, now=now)
        if user is not None:
            return Verified(user)
    if await env.attempts.get(key) >= MAX_ATTEMPTS:
        return TooManyAttempts()
    if newest.otp_expires_at is not None and newest.otp_expires_at <= now:
        return ExpiredOtp()
    # A resend came between the look-up and the update: the code is not the newest any more.
    return await _judge(otp, address=address, address_hash=address_hash, env=env)


async def verify_by_link(*, token: str, client: str, env: Environment) -> VerifyByLinkOutcome:
    """Verifies the address that the link was mailed to; any link that still runs will do."""
    refused = await env.throttle.hit(Hit("verify_client", client))
    if refused is not None:
        return refused
    verification_id = env.keys.read_link_token(token.strip())
    if verification_id is None:
        return InvalidLink()
    now = env.clock()
    found = (
        await EmailVerification.filter(id=verification_id, link_expires_at__gt=now)
        .select_related("user")
        .first()
    )
    if found is None or found.user is None:
        return ExpiredLink()
    await User.filter(id=found.user.id, is_verified=False).update(is_verified=True, updated_at=now)
    user = await _with_tenant(found.user.id)
    return Verified(user) if user is not None else ExpiredLink()


async def _newest(address: str) -> EmailVerification | None:
    """The one verification of an address whose code counts, with its user."""
    return (
        await EmailVerification.filter(user__email=address, id=F("user__verification_id"))
        .select_related("user")
        .first()
    )


def _is_right(otp: str, verification: EmailVerification, *, env: Environment) -> bool:
    try:
        expected = env.keys.otp(verification.id, key_id=verification.key_id)
    except UnknownKeyError:
        return False
    return verification.otp_expires_at is not None and same_code(otp, expected)


# One statement decides: the code is still the newest, and has not been guessed at too often. The
# right code a second time succeeds again, so `is_verified` is not asked for.
_SPEND = """
UPDATE users SET
    updated_at = CASE WHEN is_verified THEN updated_at ELSE $3 END,
    is_verified = TRUE
WHERE verification_id = $1
    AND COALESCE((SELECT hits FROM counters WHERE key = $2 AND expires_at > $3), 0) < $4
    AND id = $5
RETURNING id
"""


async def _spend(
    verification: EmailVerification, *, attempts_key: str, now: datetime
) -> User | None:
    """The verified user, or None where the code may not be spent."""
    user_id = verification.user_id  # type: ignore[attr-defined] # Tortoise adds it at run time
    spent = await fetch(_SPEND, verification.id, attempts_key, now, MAX_ATTEMPTS, user_id)
    return await _with_tenant(user_id) if spent else None


async def _with_tenant(user_id: UUID) -> User | None:
    return await User.filter(id=user_id).select_related("tenant").first()
