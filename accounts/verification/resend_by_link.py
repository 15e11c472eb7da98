"""Mails a new code or link to whoever has an older link."""

from typing import TypeAlias

from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.verification.link import InvalidLink
from accounts.verification.link_address import address_of_link
from accounts.verification.resend import Resent, resend_to
from models import Purpose

ResendByLinkOutcome: TypeAlias = Resent | InvalidInput | InvalidLink | RateLimited


async def resend_by_link(*, token: str, client: Client, env: Environment) -> ResendByLinkOutcome:
    """Does what `resend` does for the address that a link was mailed to, also once it has expired.

    A genuine link gets the same answers, limits and statements whatever became of its registration.
    """
    address = await address_of_link(token, purpose=Purpose.REGISTRATION, client=client, env=env)
    if not isinstance(address, str):
        return address
    return await resend_to(address, client=client, env=env)
