"""Mails a new code or link to whoever has an older link."""

from typing import TypeAlias
from uuid import UUID

from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.verification.link import InvalidLink
from accounts.verification.resend import Resent, resend_to
from models.sql.database import fetch

ResendByLinkOutcome: TypeAlias = Resent | InvalidLink | RateLimited

_ADDRESS = """
SELECT users.email
FROM email_verifications proof JOIN users ON users.id = proof.user_id
WHERE proof.id = $1
"""


async def resend_by_link(*, token: str, client: Client, env: Environment) -> ResendByLinkOutcome:
    """Does what `resend` does for the address that a link was mailed to, also once it has expired.

    A genuine link gets the same answers, limits and statements whatever became of its registration.
    """
    verification_id = env.keys.read_link_token(token.strip())
    if verification_id is None:
        limited = await env.rate_limiter.hit(Hit("resend_client", client.key))
        return limited or InvalidLink()
    found = await fetch(_ADDRESS, verification_id)
    address = str(found[0]["email"]) if found else _stand_in(verification_id)
    return await resend_to(address, client=client, env=env)


def _stand_in(verification_id: UUID) -> str:
    """An address that nobody can have: its limits are counted as those of a known one are."""
    return f"{verification_id}@replaced.invalid"
