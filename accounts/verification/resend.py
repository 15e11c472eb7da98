"""Mails a new code or link to an unverified address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from accounts.addresses import MalformedAddressError, canonical
from accounts.client import Client
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
    """The answer for every address, also for one that gets no mail."""

    resend_available_at: datetime


ResendOutcome: TypeAlias = Resent | InvalidInput | RateLimited


async def resend(*, email: str, client: Client, env: Environment) -> ResendOutcome:
    """Replaces the newest code of an address and mails the new one, if its account is unverified.

    Every address costs the same statements. An unregistered or verified address gets a decoy.
    """
    try:
        address = canonical(email)
    except MalformedAddressError as error:
        return InvalidInput((InvalidEmail(error.message),))
    return await resend_to(address, client=client, env=env)


async def resend_to(address: str, *, client: Client, env: Environment) -> Resent | RateLimited:
    """Like `resend`, for an address in its canonical form."""
    address_hash = env.keys.address_hash(address)
    now = env.clock()
    async with one_session():
        # Rows instead of models, as making a model would show in the time of known addresses.
        users = await env.rate_limiter.hit_and_fetch(
            Hit("resend_client", client.key),
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
    is_unverified = found is not None and not found["users_is_verified"]
    # Only mails that are sent count against the address's mail limit. Other mails are counted under
    # another key, with the same statement. An address at its limit gets the usual answer and keeps
    # its code.
    counted = address_hash if is_unverified else f"decoy/{address_hash}"
    allowed = await env.rate_limiter.hit_is_allowed(Hit("mail_address", counted))
    product = product_of(tenant_in(found) if found else None, env=env)
    verification = issue.draft(product=product, address_hash=address_hash, now=now, env=env)
    # Without a recipient the statements are the same, but match no user.
    target = verification.id
    if found and (allowed or not is_unverified):
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
        # Even if no mail is sent: clients must see the same count of guesses for every address.
        counts = attempts.opening(verification.id, address_hash=address_hash, env=env)
        await insert_together(*rows, beside=counts)


# A verified address loses its old code too: a resend resets the counts of guesses, so repeated
# resends would allow unlimited guesses of a code that stays. COALESCE gives PostgreSQL the value's
# type.
_RENEW = """
UPDATE users SET
    verification_id = CASE WHEN is_verified THEN NULL ELSE COALESCE($2, verification_id) END,
    held_until = CASE WHEN is_verified OR held_until > $3 THEN held_until ELSE $3 END
WHERE id = $1
RETURNING is_verified
"""
