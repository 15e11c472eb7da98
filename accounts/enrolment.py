"""Stores a registration: the user, the verification, its mail and the entry in the audit."""

from tortoise.exceptions import IntegrityError

from accounts import audit, guesses, verifications
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.problems import TenantNotFound
from accounts.tenants import Product
from accounts.throttle import Hit, RateLimited
from accounts.verifications import Letter
from models import EmailVerification, User
from models.database import dialect, fetch, transaction
from models.insertion import insert_at_once, insert_together, insert_unless_taken


class _TooManyMailsError(Exception):
    """Rolls the transaction back."""

    def __init__(self, refused: RateLimited) -> None:
        super().__init__(refused)
        self.refused = refused


_LET_GO = """
DELETE FROM users WHERE email = $1 AND NOT is_verified AND held_until <= $2 RETURNING id
"""


async def enrol(
    user: User, verification: EmailVerification, *, product: Product, env: Environment
) -> bool | RateLimited | TenantNotFound:
    """Whether the address was free. If so, all of the registration is stored, or nothing.

    A taken address under a policy that conceals it gets a decoy and a letter that says so, by the
    same statements. Where an address has had its share of mails, nothing is mailed: without
    concealment that is RateLimited and nothing is stored, under it the answer is the same as ever.
    """
    try:
        return await _stored_at_once(user, verification, product=product, env=env) or await _store(
            user, verification, product=product, env=env
        )
    except _TooManyMailsError as error:
        return error.refused
    except IntegrityError:
        # Not the address, which is no error: the tenant was deleted in the meantime.
        return TenantNotFound()


async def _stored_at_once(
    user: User, verification: EmailVerification, *, product: Product, env: Environment
) -> bool:
    """Whether one statement of PostgreSQL has stored all of it, as for nearly everybody it does.

    Otherwise nothing is stored: somebody has the address, so that the verification would be
    nobody's, or there is no mail left for it. Why, and what then, is for `_store` to find out,
    which asks for one thing after the other and waits for each of them.
    """
    address = env.keys.address_hash(user.email)
    limits = env.throttle.beside(
        hit=Hit("mail_address", address), restarted=Hit("resend_address", address)
    )
    if dialect() == "sqlite" or limits is None or product.policy.conceal_existing_accounts:
        return False
    verification.user_id = user.id
    rows = verifications.with_mail(
        verification, recipient=user.email, product=product, language=user.language
    )
    entry = audit.entry(_event(Action.REGISTERED, user, env=env))
    counts = guesses.opening(verification.id, address_hash=address, env=env)
    try:
        await insert_at_once(user, *rows, entry, beside=[*limits, *counts], unique="email")
    except IntegrityError:
        return False
    return True


async def _store(
    user: User, verification: EmailVerification, *, product: Product, env: Environment
) -> bool:
    address = env.keys.address_hash(user.email)
    conceals = product.policy.conceal_existing_accounts
    async with transaction():
        stored = await _claim(user, conceals=conceals)
        event = _event(Action.REGISTERED if stored else Action.ADDRESS_TAKEN, user, env=env)
        if not stored and not conceals:
            await audit.record(event)
            return False
        verification.user_id = user.id if stored else None
        # Late, as the counters' rows stay locked until the commit.
        refused = await env.throttle.hit(Hit("mail_address", address))
        if refused is not None and not conceals:
            raise _TooManyMailsError(refused)
        rows = verifications.with_mail(
            verification,
            letter=Letter.VERIFICATION if stored else Letter.ACCOUNT_EXISTS,
            recipient=user.email if refused is None else None,
            product=product,
            language=user.language,
        )
        counts = guesses.opening(verification.id, address_hash=address, env=env)
        await insert_together(*rows, audit.entry(event), beside=counts)
        await env.throttle.restart(Hit("resend_address", address))
    return stored


async def _claim(user: User, *, conceals: bool) -> bool:
    """Whether the user has the address now: the constraint decides, and no check before the write.

    Who holds the address stops the insert, and is removed only once their hold has run out. Under a
    policy that conceals it, a free address takes the same statements.
    """
    if not conceals and await insert_unless_taken(user, unique="email"):
        return True
    gone = await fetch(_LET_GO, user.email, user.created_at)
    return bool(gone or conceals) and await insert_unless_taken(user, unique="email")


def _event(action: Action, user: User, *, env: Environment) -> Event:
    return Event(action, Subject.address(user.email, keys=env.keys), at=user.created_at)
