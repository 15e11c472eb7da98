"""Verifies an address with the link from its mail."""

from typing import TypeAlias

from accounts.audit import Action
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.verification.by_code import Verified
from accounts.verification.link import ExpiredLink, InvalidLink, ValidLink, find_link
from accounts.verification.mark_verified import mark_verified
from models import Purpose

VerifyByLinkOutcome: TypeAlias = Verified | InvalidLink | ExpiredLink | RateLimited


async def verify_by_link(*, token: str, client: Client, env: Environment) -> VerifyByLinkOutcome:
    """Verifies the address that the link was mailed to. Any link that has not expired works."""
    link = await find_link(token, purpose=Purpose.REGISTRATION, client=client, env=env)
    if not isinstance(link, ValidLink):
        return link
    marked = await mark_verified(link.user, action=Action.VERIFIED, env=env)
    return ExpiredLink() if marked is None else Verified(marked.user)
