"""Asks the old address to agree to a change, where the policy asks both addresses."""

from datetime import timedelta

from tortoise.models import Model

from accounts.addresses import masked
from accounts.environment import Environment
from accounts.limits.rules import Hit
from accounts.policies.choices import EmailChangeConfirms
from accounts.tenants import product_of
from accounts.verification import issue
from accounts.verification.issue import Lifetimes, Recipient
from models import EmailVerification, MailTemplate, Purpose, User


async def consent_rows(
    change: EmailVerification, *, user: User, env: Environment
) -> tuple[Model, ...]:
    """The rows of the link for the old address and of its mail. Empty if no consent is needed.

    The mail counts as a notice. Beyond the limit of notices a decoy is stored, and the change can
    no longer be completed: it must not go on without the consent.
    """
    product = product_of(user.tenant, env=env)
    policy = product.policy
    if policy.email_change_confirms is EmailChangeConfirms.NEW:
        return ()
    allowed = await env.rate_limiter.hit_is_allowed(
        Hit("notice_address", env.keys.address_hash(user.email))
    )
    # Never shorter than the new address has, so that a proof in time finds a consent to wait for.
    lifetime = max(timedelta(seconds=policy.link_seconds), change.expires_at - change.created_at)
    consent = issue.new_verification(
        Lifetimes(of_code=None, of_link=lifetime),
        purpose=Purpose.EMAIL_CONSENT,
        now=change.created_at,
        env=env,
    )
    consent.user_id = user.id
    if not allowed:
        consent.link_expires_at = None
    mail = issue.verification_mail(
        consent,
        recipient=Recipient.of(user.email, user.language, env=env) if allowed else None,
        product=product,
        template=MailTemplate.EMAIL_CONSENT,
    )
    # Whoever agrees must see to what: a thief can replace a change that its owner has begun.
    mail.data["new_email"] = masked(str(change.new_email))
    return consent, mail
