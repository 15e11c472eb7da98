"""Verifies an address with the link from the mail."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts.audit import Action
from accounts.environment import Environment
from accounts.marking import mark_verified
from accounts.throttle import Hit, RateLimited
from accounts.verification import Verified
from models.reading import read_user


@dataclass(frozen=True)
class InvalidLink:
    """Not a link of ours."""


@dataclass(frozen=True)
class ExpiredLink:
    """A link of ours whose time is over, or whose registration has been replaced."""


VerifyByLinkOutcome: TypeAlias = Verified | InvalidLink | ExpiredLink | RateLimited


async def verify_by_link(*, token: str, client: str, env: Environment) -> VerifyByLinkOutcome:
    """Verifies the address that the link was mailed to; any link that still runs will do."""
    refused = await env.throttle.hit(Hit("verify_client", client))
    if refused is not None:
        return refused
    verification_id = env.keys.read_link_token(token.strip())
    if verification_id is None:
        return InvalidLink()
    found = await read_user(
        "proof.id = $1 AND proof.link_expires_at > $2",
        verification_id,
        env.clock(),
        joined="JOIN email_verifications proof ON proof.user_id = users.id",
    )
    if found is None:
        return ExpiredLink()
    marked = await mark_verified(found, action=Action.VERIFIED, env=env)
    return ExpiredLink() if marked is None else Verified(marked.user)
