"""Registers a person: an unverified user, a verification, and the mail that carries it."""

from dataclasses import dataclass
from typing import TypeAlias

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from accounts import verifications
from accounts.candidates import Accepted, Candidate, check
from accounts.environment import Environment
from accounts.problems import InvalidInput, TenantNotFound
from accounts.tenants import Product, find_product
from accounts.throttle import Hit, RateLimited
from accounts.verifications import PendingVerification
from models import EmailVerification, MailState, User
from models.database import is_unique_violation


@dataclass(frozen=True)
class Registered:
    user: User
    verification: PendingVerification


@dataclass(frozen=True)
class RegistrationPending:
    """Under a policy that conceals accounts: what a new and a taken address are answered alike."""

    verification: PendingVerification


@dataclass(frozen=True)
class EmailAlreadyExists:
    """The address belongs to a verified user, or is held by one whose code or link still runs."""


class _TooManyMailsError(Exception):
    """Rolls the transaction back."""

    def __init__(self, refused: RateLimited) -> None:
        super().__init__(refused)
        self.refused = refused


RegisterOutcome: TypeAlias = (
    Registered | RegistrationPending | InvalidInput | EmailAlreadyExists | RateLimited
)


async def register(*, candidate: Candidate, client: str, env: Environment) -> RegisterOutcome:
    """Registers the candidate, if the policy and the address allow it.

    The password is hashed before the transaction, which then holds its locks for three inserts.
    """
    product = await find_product(tenant=candidate.tenant, env=env)
    if product is None:
        return InvalidInput((TenantNotFound(),))
    accepted = check(candidate, policy=product.policy)
    if isinstance(accepted, InvalidInput):
        return accepted

    refused = await env.throttle.hit(Hit("register_client", client))
    if refused is not None:
        return refused

    password_hash = await env.hasher.hash(accepted.password)
    verification = verifications.draft(product=product, now=env.clock(), env=env)
    user = _user(accepted, password_hash, verification, product)
    try:
        await _store(user, verification, product=product, env=env)
    except _TooManyMailsError as error:
        return error.refused
    except IntegrityError as error:
        if is_unique_violation(error):
            return EmailAlreadyExists()
        return InvalidInput((TenantNotFound(),))  # the tenant was deleted in the meantime
    env.mail_queued()
    return Registered(user, verifications.pending(verification, product=product, env=env))


def _user(
    accepted: Accepted, password_hash: str, verification: EmailVerification, product: Product
) -> User:
    return User(
        email=accepted.email,
        name=accepted.name,
        password_hash=password_hash,
        role=accepted.role,
        tenant=product.tenant,
        invited_by=accepted.invited_by,
        verification_id=verification.id,
        held_until=verification.expires_at,
        created_at=verification.created_at,
        updated_at=verification.created_at,
    )


async def _store(
    user: User, verification: EmailVerification, *, product: Product, env: Environment
) -> None:
    """All of the registration, or nothing.

    Raises IntegrityError for an address that is held, and _TooManyMailsError for one that has
    had its share of mails.
    """
    async with in_transaction():
        # No check before the write: whoever's hold has run out is removed here, and whoever still
        # holds the address makes the insert below fail.
        await User.filter(
            email=user.email, is_verified=False, held_until__lte=user.created_at
        ).delete()
        await user.save(force_create=True)
        verification.user = user
        await verification.save(force_create=True)
        await verifications.queue_letter(
            verification, recipient=user.email, product=product, state=MailState.QUEUED
        )
        # Last, as it may refuse: the counters' rows stay locked until the commit.
        address = env.keys.address_hash(user.email)
        refused = await env.throttle.hit(Hit("mail_address", address))
        if refused is not None:
            raise _TooManyMailsError(refused)
        await env.throttle.restart(Hit("resend_address", address))
