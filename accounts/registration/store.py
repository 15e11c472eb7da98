"""Stores a registration: the user, the verification, its mail and the audit entry."""

from tortoise.exceptions import IntegrityError

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment, Product
from accounts.keyring import AttemptKeys
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import TenantNotFound
from accounts.verification import issue
from accounts.verification.attempts import LOCKED_FOR
from accounts.verification.issue import Recipient
from models import EmailVerification, MailTemplate, OutgoingMail, User
from models.sql import registration
from models.sql.database import Statement
from models.sql.registration import Registration


async def store_registration(
    user: User,
    verification: EmailVerification,
    *,
    return_to: str | None,
    product: Product,
    env: Environment,
) -> bool | RateLimited | TenantNotFound:
    """Whether the address was free. Stores the whole registration or nothing of it.

    With concealment, the same statements store a decoy verification for a taken address, and a mail
    that says that it is taken. If the address has reached its mail limit, no mail is sent: without
    concealment nothing is stored (RateLimited), with it the answer is the usual one.
    """
    conceals = product.policy.conceal_existing_accounts
    mail_hit = _hit("mail_address", user, env=env)
    counts_elsewhere = not env.rate_limiter.counts_in_database
    if counts_elsewhere and not conceals and (limited := await env.rate_limiter.peek(mail_hit)):
        return limited
    mailed = not counts_elsewhere or not conceals or await env.rate_limiter.hit_is_allowed(mail_hit)
    verification.user_id = user.id
    mail = issue.verification_mail(
        verification,
        recipient=Recipient.of(user.email, user.language, env=env) if mailed else None,
        product=product,
        return_to=return_to,
    )
    rows = _rows(user, verification, mail, product=product, env=env)
    try:
        stored = await registration.store(rows)
    except IntegrityError:
        # Not because of a taken address, which is no error: the tenant was deleted meanwhile.
        return TenantNotFound()
    if stored.full_until is not None and not conceals:
        return RateLimited.until(stored.full_until, now=env.clock())
    if counts_elsewhere and (stored.free or conceals):
        if not conceals and (limited := await _count_elsewhere(mail_hit, rows, env=env)):
            return limited
        await env.rate_limiter.restart(_hit("resend_address", user, env=env))
    return stored.free


async def _count_elsewhere(
    mail_hit: Hit, rows: Registration, *, env: Environment
) -> RateLimited | None:
    """Counts the mail of a stored registration in Redis.

    It withdraws the registration if the address may get no mail any more, and in an outage.
    """
    try:
        limited = await env.rate_limiter.hit(mail_hit)
    except Exception:
        await registration.withdraw(rows)
        raise
    if limited is not None:
        await registration.withdraw(rows)
    return limited


def _rows(
    user: User,
    verification: EmailVerification,
    mail: OutgoingMail,
    *,
    product: Product,
    env: Environment,
) -> Registration:
    windows = env.rate_limiter.windows_in_database
    keys = AttemptKeys.of(env.keys.address_hash(user.email), verification_id=verification.id)
    return Registration(
        user=user,
        verification=verification,
        mail=mail,
        registered_entry=_entry(Action.REGISTERED, user, product=product, env=env),
        taken_entry=_entry(Action.ADDRESS_TAKEN, user, product=product, env=env),
        conceals=product.policy.conceal_existing_accounts,
        taken_template=MailTemplate.ACCOUNT_EXISTS,
        mail_windows=windows(_hit("mail_address", user, env=env)),
        cooldown_windows=windows(_hit("resend_address", user, env=env))[:1],
        address_key=keys.address,
        verification_key=keys.verification,
        verification_key_ends=env.clock() + LOCKED_FOR,
        now=user.created_at,
    )


def _hit(rule: str, user: User, *, env: Environment) -> Hit:
    """A hit of the address for one of the rules that count addresses."""
    return Hit(rule, env.keys.address_hash(user.email), (user.email,))


def _entry(action: Action, user: User, *, product: Product, env: Environment) -> Statement:
    subject = Subject.address(user.email, env=env)
    where = "" if product.tenant is None else f", tenant {product.tenant.id}"
    detail = f"role {user.role}{where}"
    return audit.insert_statement(Event(action, subject, at=user.created_at, detail=detail))
