"""Mails a new code or link to an address that waits for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from accounts.addresses import MalformedAddressError, canonical
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidEmail, InvalidInput
from accounts.tenants import product_of
from accounts.verification import attempts, issue
from models.sql.database import as_uuid, fetch, one_session, transaction
from models.sql.insert import insert_together
from models.sql.select import tenant_in, user_where


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
    now = env.clock()
    async with one_session():
        # Rows and no model, which takes a measurable time to make where there is somebody.
        users = await env.rate_limiter.hit_and_find(
            Hit("resend_client", client),
            Hit("resend_address", address_hash),
            query=user_where("users.email = {0}", address),
        )
        if isinstance(users, RateLimited):
            return users
        found = users[0] if users else None
        await _reissue(address, found, address_hash=address_hash, now=now, env=env)
    env.mail_queued()
    return Resent(now + env.rate_limiter.shortest("resend_address"))


async def _reissue(
    address: str,
    found: Mapping[str, Any] | None,
    *,
    address_hash: str,
    now: datetime,
    env: Environment,
) -> None:
    waits = found is not None and not found["users_is_verified"]
    # Only mails that leave count against what an address may get; the others are counted apart,
    # for the same statement. Whoever has had their share is answered like any other, and keeps
    # their code.
    counted = address_hash if waits else f"decoy/{address_hash}"
    allowed = await env.rate_limiter.allows(Hit("mail_address", counted))
    product = product_of(tenant_in(found) if found else None, env=env)
    verification = issue.draft(product=product, now=now, env=env)
    # Without somebody to mail to, the statements are the same, and find nobody.
    target = verification.id
    if found and (allowed or not waits):
        target = as_uuid(found["users_id"])
    async with transaction():
        renewed = await fetch(_RENEW, target, verification.id, verification.expires_at)
        waiting = bool(renewed) and not renewed[0]["is_verified"]
        verification.user_id = target if waiting else None
        rows = issue.with_mail(
            verification,
            recipient=address if waiting else None,
            product=product,
            language=found["users_language"] if found and waiting else None,
        )
        # Also where nothing new is mailed: what is told of guesses is the same for every address.
        counts = attempts.opening(verification.id, address_hash=address_hash, env=env)
        await insert_together(*rows, beside=counts)


# A verified address loses its old code too: a resend ends every count of guesses, and one that
# could be ended again and again would allow guessing without end. COALESCE tells PostgreSQL the
# value's type.
_RENEW = """
UPDATE users SET
    verification_id = CASE WHEN is_verified THEN NULL ELSE COALESCE($2, verification_id) END,
    held_until = CASE WHEN is_verified OR held_until > $3 THEN held_until ELSE $3 END
WHERE id = $1
RETURNING is_verified
"""
