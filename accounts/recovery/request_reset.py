"""Mails a code and a link that set a new password."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from accounts.audit import Action
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.tenants import product_of
from accounts.verification import attempts, issue
from accounts.verification.issue import Lifetimes, Recipient
from accounts.verification.link import InvalidLink
from accounts.verification.link_address import address_of_link
from accounts.verification.request_mail import MailKind, address_for_mail, request_mail
from models import MailTemplate, Purpose, User
from models.sql.database import fetch
from models.sql.insert import insert_together

LIFETIMES = Lifetimes(of_code=timedelta(minutes=10), of_link=timedelta(minutes=60))
"""The same under every policy, and always both, as they are told for unknown addresses too. The
code's is the longest that OWASP's ASVS 5 6.5.5 allows, which is short because it can be guessed."""


@dataclass(frozen=True)
class PasswordResetRequested:
    """The answer for every address, also for one that gets no mail."""

    resend_available_at: datetime
    expires_at: datetime
    """When the link of the mail ends."""


RequestResetOutcome: TypeAlias = PasswordResetRequested | InvalidInput | RateLimited

# `disabled_at IS NULL` would be wrong there: SQLite 3.40 answers 0 to it in RETURNING.
_RENEW = """
UPDATE users SET
    password_reset_id = CASE WHEN disabled_at IS NULL THEN COALESCE($2, password_reset_id) END,
    held_until = CASE WHEN is_verified OR held_until > $3 THEN held_until ELSE $3 END
WHERE {which}
RETURNING disabled_at AS is_ineligible, email
"""

# An unverified user may reset the password as well: who reads the mail owns the address.
_PASSWORD_RESET = MailKind(
    purpose=Purpose.PASSWORD_RESET,
    template=MailTemplate.PASSWORD_RESET,
    is_eligible=lambda user: user["users_disabled_at"] is None,
    renew_sql=_RENEW.format(which="id = $1 AND email = $4"),
    lifetimes=LIFETIMES,
    action=Action.RESET_REQUESTED,
)


async def request_password_reset(
    *, email: str, return_to: str | None = None, client: Client, env: Environment
) -> RequestResetOutcome:
    """Mails a code and a link if the address has an account that is not disabled.

    Every address costs the same statements, and gets the same answer. The link leads to the page
    `return_to` of a frontend, if there is one.
    """
    address = address_for_mail(email, return_to=return_to, env=env)
    if isinstance(address, InvalidInput):
        return address
    return await _request(address, return_to=return_to, client=client, env=env)


async def request_password_reset_by_link(
    *, token: str, client: Client, env: Environment
) -> PasswordResetRequested | InvalidInput | InvalidLink | RateLimited:
    """Does the same for the address that an older link was mailed to, also once it has expired."""
    address = await address_of_link(token, purpose=Purpose.PASSWORD_RESET, client=client, env=env)
    if not isinstance(address, str):
        return address
    return await _request(address, client=client, env=env)


async def _request(
    address: str, *, return_to: str | None = None, client: Client, env: Environment
) -> PasswordResetRequested | RateLimited:
    mail = replace(_PASSWORD_RESET, return_to=return_to)
    mailed = await request_mail(address, mail, client=client, env=env)
    if isinstance(mailed, RateLimited):
        return mailed
    return PasswordResetRequested(mailed.resend_available_at, mailed.expires_at)


async def queue_reset(user: User, *, env: Environment) -> bool:
    """Queues a mail that resets the password, in the caller's transaction.

    It goes to the address that the user has now, which `user.email` is set to. False if the account
    is gone or disabled. It checks no rate limit: the caller is an operator, or somebody who has
    used the link of a notice.
    """
    verification = issue.new_verification(
        LIFETIMES,
        purpose=Purpose.PASSWORD_RESET,
        now=env.clock(),
        env=env,
    )
    verification.user_id = user.id
    renew = _RENEW.format(which="id = $1")
    renewed = await fetch(renew, user.id, verification.id, verification.expires_at)
    if not renewed or renewed[0]["is_ineligible"]:
        return False
    user.email = renewed[0]["email"]
    mail = issue.verification_mail(
        verification,
        recipient=Recipient.of(user.email, user.language, env=env),
        product=product_of(user.tenant, env=env),
        template=MailTemplate.PASSWORD_RESET,
    )
    address_hash = env.keys.address_hash(user.email)
    counts = attempts.open_counts(verification.id, address_hash=address_hash, env=env)
    await insert_together(verification, mail, beside=counts)
    return True
