"""Finds the address that a link was mailed to, also once the link has expired."""

from uuid import UUID

from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidInput
from accounts.verification.link import InvalidLink
from accounts.verification.token_format import read_token
from models import Purpose
from models.sql.database import fetch

_ADDRESS = """
SELECT users.email
FROM email_verifications verification JOIN users ON users.id = verification.user_id
WHERE verification.id = $1
"""


async def address_of_link(
    token: str, *, purpose: Purpose, client: Client, env: Environment
) -> str | InvalidInput | InvalidLink | RateLimited:
    """The address of whoever the link was mailed to, for another mail.

    If nobody has it any more, an address that nobody can have: its limits are counted, and its
    statements run, as those of a known one. So the answer does not tell what became of the link's
    owner.
    """
    read = read_token(token)
    if isinstance(read, InvalidInput):
        return read
    verification_id = env.keys.read_link_token(read, purpose=purpose)
    if verification_id is None:
        limited = await env.rate_limiter.hit(Hit("resend_client", client.key))
        return limited or InvalidLink()
    found = await fetch(_ADDRESS, verification_id)
    return str(found[0]["email"]) if found else _decoy_address(verification_id)


def _decoy_address(verification_id: UUID) -> str:
    return f"{verification_id}@replaced.invalid"
