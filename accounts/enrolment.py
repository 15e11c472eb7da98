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
from models.database import fetch, transaction
from models.insertion import insert_together, insert_unless_taken


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
        return await _store(user, verification, product=product, env=env)
    except _TooManyMailsError as error:
        return error.refused
    except IntegrityError:
        # Not the address, which is no error: the tenant was deleted in the meantime.
        return TenantNotFound()


async def _store(
    user: User, verification: EmailVerification, *, product: Product, env: Environment
) -> bool:
    address = env.keys.address_hash(user.email)
    conceals = product.policy.conceal_existing_accounts
    async with transaction():
        stored = await _claim(user, conceals=conceals)
        action = Action.REGISTERED if stored else Action.ADDRESS_TAKEN
        subject = Subject.address(user.email, keys=env.keys)
        event = Event(action, subject, at=user.created_at)
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
