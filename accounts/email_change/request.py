"""Requests another email address: mails a code and a link to it."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts import audit
from accounts.addresses import masked
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.email_change.consent import consent_rows
from accounts.environment import Environment
from accounts.hashing.jobs import Queue
from accounts.limits.rules import Hit, RateLimited
from accounts.login.confirm_password import (
    WrongPassword,
    add_password_problem,
    confirm_password,
)
from accounts.outages import ChangedMeanwhileError
from accounts.policies.choices import EmailChangeConfirms
from accounts.policies.policy import Policy
from accounts.problems import InvalidEmail, InvalidInput
from accounts.registration.input import accepted_address
from accounts.sessions.current import Current, Unauthenticated, required_session
from accounts.tenants import product_of
from accounts.verification import attempts, issue
from accounts.verification.issue import Lifetimes, OpenVerification, Recipient
from accounts.verification.request_mail import cooldown_of
from languages.text import Text
from models import EmailVerification, MailTemplate, Purpose, User
from models.sql import email as sql
from models.sql.database import transaction
from models.sql.insert import insert_together
from models.sql.lock import lock_user

FIELD = "newEmail"


@dataclass(frozen=True)
class EmailChangeRequested:
    """The answer for free and taken addresses alike. The old address stays until the proof."""

    verification: OpenVerification
    confirms: EmailChangeConfirms


RequestEmailChangeOutcome: TypeAlias = (
    EmailChangeRequested | InvalidInput | Unauthenticated | WrongPassword | RateLimited
)


async def request_email_change(
    *, token: str | None, new_email: str, password: str, client: Client, env: Environment
) -> RequestEmailChangeOutcome:
    """Mails a code or a link to the new address, by the policy of the user's tenant.

    If the address is taken, its owner is told by mail, and nobody learns more. Where the policy
    asks both addresses, the old one gets a link, whether or not the new one is taken. A later
    request replaces this one.
    """
    env.hasher.admit(Queue.LOGIN)
    current = await required_session(token=token, client=client, env=env)
    if not isinstance(current, Current):
        return current
    user = current.user
    product = product_of(user.tenant, env=env)
    email = _another_address(new_email, user=user, policy=product.policy)
    if isinstance(email, InvalidEmail):
        return add_password_problem(email, password)
    refused = await confirm_password(password, user=user, client=client, env=env)
    if refused is not None:
        return refused
    limited = await _rate_limited(user, email, client=client, env=env)
    if limited is not None:
        return limited
    verification = issue.new_verification(
        Lifetimes.of(product.policy),
        purpose=Purpose.EMAIL_CHANGE,
        now=env.clock(),
        env=env,
    )
    verification.new_email = email
    if not await _store(current, verification, env=env):
        return WrongPassword()
    env.wake_mail_worker()
    cooldown = env.rate_limiter.cooldown(user.email, email)
    pending = issue.open_verification(verification, cooldown=cooldown, product=product)
    return EmailChangeRequested(pending, product.policy.email_change_confirms)


def _another_address(typed: str, *, user: User, policy: Policy) -> str | InvalidEmail:
    """The canonical address, if the user may have it and does not have it yet."""
    email = accepted_address(typed, policy=policy, field_name=FIELD)
    if email == user.email:
        return InvalidEmail(Text("This is your address already."), field=FIELD)
    return email


async def _rate_limited(
    user: User, email: str, *, client: Client, env: Environment
) -> RateLimited | None:
    """How long the user or the client has to wait before another mail, if they have to."""
    addresses = (user.email, email)
    whose = cooldown_of(Purpose.EMAIL_CHANGE, env.keys.address_hash(user.email))
    return await env.rate_limiter.hit(
        Hit("resend_client", client.key, addresses), Hit("resend_address", whose, addresses)
    )


async def _store(current: Current, verification: EmailVerification, *, env: Environment) -> bool:
    """Stores the request with its mail. False if the password was changed meanwhile."""
    user, email, now = current.user, str(verification.new_email), env.clock()
    allowed = await env.rate_limiter.hit_is_allowed(
        Hit("mail_address", env.keys.address_hash(email), (email,))
    )
    asked = await consent_rows(verification, user=user, env=env)
    async with transaction():
        asked_at = user.email
        if not await lock_user(user):
            return False
        if user.email != asked_at:
            # The consent of the address that the user had is worth nothing any more.
            raise ChangedMeanwhileError
        taken = await sql.is_taken(email)
        await sql.end_changes(user.id)
        await sql.set_pending(user.id, verification.id)
        verification.user_id = user.id
        if taken or not allowed:
            # No code and no link, but the same row with the same user: whatever ends requests, or
            # tells their status, must not tell a taken address from a free one.
            verification.otp_expires_at = verification.link_expires_at = None
        mail = issue.verification_mail(
            verification,
            recipient=Recipient.of(email, user.language, env=env) if allowed else None,
            product=product_of(user.tenant, env=env),
            template=MailTemplate.EMAIL_TAKEN if taken else MailTemplate.EMAIL_CHANGE,
        )
        if taken:
            mail.verification_id = None  # its owner is told, even if the request is cancelled
        address_hash = env.keys.address_hash(user.email)
        counts = attempts.open_counts(verification.id, address_hash=address_hash, env=env)
        await insert_together(verification, mail, *asked, beside=counts)
        subject = Subject.address(user.email, env=env)
        detail = f"to {masked(email)}"
        await audit.record(Event(Action.EMAIL_CHANGE_REQUESTED, subject, at=now, detail=detail))
    return True
