"""Verifies an address with the link from its mail."""

from typing import TypeAlias

from accounts.audit import Action
from accounts.client import Client
from accounts.environment import Environment
from accounts.verification.first_password import needs_password, verify_with_password
from accounts.verification.link import ExpiredLink, LinkRefusal, ValidLink, find_link
from accounts.verification.mark_verified import Verified, mark_verified
from accounts.verification.proof import Proof
from models import Purpose

VerifyByLinkOutcome: TypeAlias = Verified | LinkRefusal


async def verify_by_link(
    *, token: str, password: str | None = None, client: Client, env: Environment
) -> VerifyByLinkOutcome:
    """Verifies the address that the link was mailed to. Any link that has not expired works.

    An account without a password needs one (accounts.verification.first_password).
    """
    link = await find_link(token, purpose=Purpose.REGISTRATION, client=client, env=env)
    if not isinstance(link, ValidLink):
        return link
    if password is not None or needs_password(link.user):
        proof = Proof(link.user, "by link", _works_again)
        outcome = await verify_with_password(proof, password, client=client, env=env)
        return ExpiredLink() if outcome is None else outcome
    marked = await mark_verified(link.user, action=Action.VERIFIED, env=env)
    return ExpiredLink() if marked is None else Verified(marked.user)


async def _works_again() -> bool:
    """Always True: a link of a registration works until it expires, however often it is used."""
    return True
