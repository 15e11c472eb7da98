"""Verifies an address: with the code from the mail, or with its link."""

import math
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from tortoise.expressions import F

from accounts import guesses
from accounts.addresses import MalformedAddressError, canonical
from accounts.codes import UnknownKeyError, same_code
from accounts.environment import Environment
from accounts.guesses import AccountIsLocked, CodeIsClosed
from accounts.marking import mark_verified
from accounts.problems import InvalidEmail, InvalidInput
from accounts.throttle import Hit, RateLimited
from models import EmailVerification, User


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


async def verify(*, email: str, otp: str, client: str, env: Environment) -> VerifyOutcome:
    """Verifies the address, if the code is the newest one that was mailed to it.

    A wrong guess takes the same statements for an address that nobody registered: a look-up, and
    the counts.
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
    newest = await _newest(address)
    keys = guesses.Keys.of(address_hash, verification_id=newest.id if newest else None)
    if newest is None or newest.otp_expires_at is None or not _is_right(otp, newest, env=env):
        match await guesses.count_wrong(keys, env=env):
            case int(remaining):
                return InvalidOtp(remaining)
            case CodeIsClosed() | AccountIsLocked() as full:
                return _refusal(full, env=env)

    in_time = newest.otp_expires_at > env.clock()
    if in_time:
        user = await _spend(newest, keys=keys, env=env)
        if user is not None:
            return Verified(user)
    obstacle = await guesses.obstacle(keys, env=env)
    if obstacle is not None:
        return _refusal(obstacle, env=env)
    if not in_time:
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
    found = (
        await EmailVerification.filter(id=verification_id, link_expires_at__gt=env.clock())
        .select_related("user")
        .first()
    )
    if found is None or found.user is None:
        return ExpiredLink()
    await mark_verified(found.user.id, env=env)
    user = await _with_tenant(found.user.id)
    return Verified(user) if user is not None else ExpiredLink()


async def _newest(address: str) -> EmailVerification | None:
    """The one verification of an address whose code counts."""
    return await EmailVerification.filter(
        user__email=address, id=F("user__verification_id")
    ).first()


def _is_right(otp: str, verification: EmailVerification, *, env: Environment) -> bool:
    try:
        expected = env.keys.otp(verification.id, key_id=verification.key_id)
    except UnknownKeyError:
        return False
    return same_code(otp, expected)


async def _spend(
    verification: EmailVerification, *, keys: guesses.Keys, env: Environment
) -> User | None:
    """The verified user, or None where the code may not be spent."""
    user_id = verification.user_id  # type: ignore[attr-defined] # Tortoise adds it at run time
    spent = await guesses.spend(
        user_id=user_id, verification_id=verification.id, keys=keys, env=env
    )
    return await _with_tenant(user_id) if spent else None


async def _with_tenant(user_id: UUID) -> User | None:
    return await User.filter(id=user_id).select_related("tenant").first()


def _refusal(
    obstacle: CodeIsClosed | AccountIsLocked, *, env: Environment
) -> TooManyAttempts | RateLimited:
    match obstacle:
        case CodeIsClosed():
            return TooManyAttempts()
        case AccountIsLocked(until):
            return RateLimited(max(1, math.ceil((until - env.clock()).total_seconds())))
