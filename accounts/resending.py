"""Mails a new code or link to an address that waits for one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from tortoise.transactions import in_transaction

from accounts import guesses, verifications
from accounts.addresses import MalformedAddressError, canonical
from accounts.environment import Environment
from accounts.problems import InvalidEmail, InvalidInput
from accounts.tenants import product_of
from accounts.throttle import Hit, RateLimited
from models import Tenant, User


@dataclass(frozen=True)
class Resent:
    """The same for every address, also for one that gets no mail."""

    resend_available_at: datetime


ResendOutcome: TypeAlias = Resent | InvalidInput | RateLimited


async def resend(*, email: str, client: str, env: Environment) -> ResendOutcome:
    """Retires the newest code of an address and mails another, if its account is unverified.

    Every address costs the same statements; what belongs to nobody is stored as a decoy.
    """
    try:
        address = canonical(email)
    except MalformedAddressError as error:
        return InvalidInput((InvalidEmail(str(error)),))
    address_hash = env.keys.address_hash(address)
    refused = await env.throttle.hit(
        Hit("resend_client", client), Hit("resend_address", address_hash)
    )
    if refused is not None:
        return refused

    now = env.clock()
    await _reissue(address, address_hash=address_hash, now=now, env=env)
    env.mail_queued()
    return Resent(now + env.throttle.shortest("resend_address"))


async def _reissue(address: str, *, address_hash: str, now: datetime, env: Environment) -> None:
    # Values and no models, which take a measurable time to build where there is somebody.
    found: dict[str, Any] | None = await User.filter(email=address).first().values(*_COLUMNS)
    product = product_of(_tenant(found) if found else None, env=env)
    verification = verifications.draft(product=product, now=now, env=env)
    waits = found is not None and not found["is_verified"]
    # Only mails that leave count against what an address may get; the others are counted apart, for
    # the same statement. One that has had its share is answered like any other, and keeps its code.
    counted = address_hash if waits else f"decoy/{address_hash}"
    allowed = await env.throttle.allows(Hit("mail_address", counted))
    # Without somebody to mail to, the statements are the same, and find nobody.
    target = found["id"] if found and (allowed or not waits) else verification.id
    held_until = max(found["held_until"], verification.expires_at) if found else now
    async with in_transaction():
        waiting = await User.filter(id=target, is_verified=False).update(
            verification_id=verification.id, held_until=held_until
        )
        # A verified address loses its old code too: a resend ends every count of guesses, and one
        # that could be ended again and again would allow guessing without end.
        await User.filter(id=target, is_verified=True).update(verification_id=None)
        verification.user_id = target if waiting else None
        await verification.save(force_create=True)
        await verifications.queue_letter(
            verification,
            recipient=address if waiting else None,
            product=product,
            language=found["language"] if found and waiting else None,
        )
        # Also where nothing new was mailed: what is told of guesses is the same for every address.
        await guesses.begin(verification.id, address_hash=address_hash, env=env)


_COLUMNS = (
    *("id", "is_verified", "held_until", "language"),
    *("tenant_id", "tenant__name", "tenant__policy"),
)


def _tenant(row: dict[str, Any]) -> Tenant | None:
    if row["tenant_id"] is None:
        return None
    return Tenant(id=row["tenant_id"], name=row["tenant__name"], policy=row["tenant__policy"])
