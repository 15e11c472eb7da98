"""Verifies an address with the link from its mail."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts.audit import Action
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.verification.by_code import Verified
from accounts.verification.mark_verified import mark_verified
from models.sql.select import user_in, user_where


@dataclass(frozen=True)
class InvalidLink:
    """The link was not issued by this server."""


@dataclass(frozen=True)
class ExpiredLink:
    """The link is genuine, but has expired, or its registration was replaced."""


VerifyByLinkOutcome: TypeAlias = Verified | InvalidLink | ExpiredLink | RateLimited


async def verify_by_link(*, token: str, client: Client, env: Environment) -> VerifyByLinkOutcome:
    """Verifies the address that the link was mailed to. Any link that has not expired works."""
    verification_id = env.keys.read_link_token(token.strip())
    found = await env.rate_limiter.hit_and_fetch(
        Hit("verify_client", client.key),
        query=user_where(
            "proof.id = {0} AND proof.link_expires_at > {1}",
            verification_id,
            env.clock(),
            joined="JOIN email_verifications proof ON proof.user_id = users.id",
        ),
    )
    if isinstance(found, RateLimited):
        return found
    if verification_id is None:
        return InvalidLink()
    if not found:
        return ExpiredLink()
    marked = await mark_verified(user_in(found[0]), action=Action.VERIFIED, env=env)
    return ExpiredLink() if marked is None else Verified(marked.user)
