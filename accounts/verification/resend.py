"""Mails a new code or link to an unverified address."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.verification.request_mail import MailKind, address_for_mail, request_mail
from models import MailTemplate, Purpose


@dataclass(frozen=True)
class Resent:
    """The answer for every address, also for one that gets no mail."""

    resend_available_at: datetime


ResendOutcome: TypeAlias = Resent | InvalidInput | RateLimited

# A verified address loses its old code too: a resend resets the counts of attempts, so repeated
# resends would allow unlimited attempts at a code that stays. COALESCE gives PostgreSQL the value's
# type.
_VERIFICATION = MailKind(
    purpose=Purpose.REGISTRATION,
    template=MailTemplate.VERIFICATION,
    is_eligible=lambda user: not user["users_is_verified"],
    renew_sql="""
UPDATE users SET
    verification_id = CASE WHEN is_verified THEN NULL ELSE COALESCE($2, verification_id) END,
    held_until = CASE WHEN is_verified OR held_until > $3 THEN held_until ELSE $3 END
WHERE id = $1 AND email = $4
RETURNING is_verified AS is_ineligible
""",
)


async def resend(
    *, email: str, return_to: str | None = None, client: Client, env: Environment
) -> ResendOutcome:
    """Replaces the newest code of an address and mails the new one, if its account is unverified.

    Every address costs the same statements. An unregistered or verified address gets a decoy. The
    link leads to the page `return_to` of a frontend, if there is one.
    """
    address = address_for_mail(email, return_to=return_to, env=env)
    if isinstance(address, InvalidInput):
        return address
    return await resend_to(address, return_to=return_to, client=client, env=env)


async def resend_to(
    address: str, *, return_to: str | None = None, client: Client, env: Environment
) -> Resent | RateLimited:
    """Like `resend`, for an address in its canonical form."""
    mail = replace(_VERIFICATION, return_to=return_to)
    mailed = await request_mail(address, mail, client=client, env=env)
    return mailed if isinstance(mailed, RateLimited) else Resent(mailed.resend_available_at)
