"""Finds the user that a link was mailed to."""

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidInput
from accounts.verification.token_format import read_token
from models import Purpose, User
from models.sql.proof import use_link
from models.sql.select import user_in, user_where


@dataclass(frozen=True)
class InvalidLink:
    """The link was not issued by this server for this purpose."""


@dataclass(frozen=True)
class ExpiredLink:
    """The link is genuine, but has expired, was used, or its account is gone or disabled."""


LinkRefusal: TypeAlias = InvalidInput | InvalidLink | ExpiredLink | RateLimited


@dataclass(frozen=True)
class ValidLink:
    """A link that still works, and its user, with `user.tenant`.

    The link of a registration works until it expires, and any other until it is used.
    """

    verification_id: UUID
    purpose: Purpose
    user: User

    async def use(self, *, env: Environment) -> bool:
        """Uses the link up in the caller's transaction. False if it was used meanwhile."""
        return await use_link(
            self.verification_id, user_id=self.user.id, purpose=self.purpose, now=env.clock()
        )


async def find_link(
    token: str, *, purpose: Purpose, client: Client, env: Environment
) -> ValidLink | LinkRefusal:
    """The link whose token this is. Any text that can be a token takes the same statement."""
    read = read_token(token)
    if isinstance(read, InvalidInput):
        return read
    verification_id = env.keys.read_link_token(read, purpose=purpose)
    found = await env.rate_limiter.hit_and_fetch(
        Hit("verify_client", client.key),
        query=user_where(
            "verification.id = {0} AND verification.purpose = {1} "
            "AND verification.link_expires_at > {2} AND users.disabled_at IS NULL",
            verification_id,
            purpose,
            env.clock(),
            joined="JOIN email_verifications verification ON verification.user_id = users.id",
        ),
    )
    if isinstance(found, RateLimited):
        return found
    if verification_id is None:
        return InvalidLink()
    return ValidLink(verification_id, purpose, user_in(found[0])) if found else ExpiredLink()
