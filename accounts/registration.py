"""Registers a person: an unverified user, a verification, and the mail that carries it."""

from dataclasses import dataclass
from typing import TypeAlias

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from accounts import audit, guesses, verifications
from accounts.audit import Action, Event, Subject
from accounts.candidates import Accepted, Candidate, check
from accounts.environment import Environment
from accounts.problems import InvalidInput, TenantNotFound
from accounts.tenants import Product, find_product
from accounts.throttle import Hit, RateLimited
from accounts.verifications import Letter, PendingVerification
from models import EmailVerification, User
from models.database import fetch
from models.insertion import insert_together, insert_unless_taken


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


async def register(
    *, candidate: Candidate, client: str, language: str | None = None, env: Environment
) -> RegisterOutcome:
    """Registers the candidate, if the policy and the address allow it.

    `language` is the one that their mails are to be in; None leaves it to the deployment.
    The password is hashed before the transaction, whatever becomes of it: a taken address costs as
    much as a new one.
    """
    env.hasher.admit()
    product = await find_product(tenant=candidate.tenant, env=env)
    if product is None:
        return InvalidInput((TenantNotFound(),))
    accepted = check(candidate, policy=product.policy)
    if isinstance(accepted, InvalidInput):
        return accepted
    refused = await _refused(accepted, product=product, client=client, env=env)
    if refused is not None:
        return refused

    password_hash = await env.hasher.hash(accepted.password)
    verification = verifications.draft(product=product, now=env.clock(), env=env)
    user = _user(accepted, password_hash, verification, product, language)
    try:
        stored = await _store(user, verification, product=product, env=env)
    except _TooManyMailsError as error:
        return error.refused
    except IntegrityError:
        # Not the address, which is no error: the tenant was deleted in the meantime.
        return InvalidInput((TenantNotFound(),))
    return _outcome(user, verification, product=product, stored=stored, env=env)


async def _refused(
    accepted: Accepted, *, product: Product, client: str, env: Environment
) -> RateLimited | None:
    hits = [Hit("register_client", client)]
    if product.policy.conceal_existing_accounts:
        # Here each registration sends a mail, to whomever, so it has the cooldown of one.
        hits.append(Hit("resend_address", env.keys.address_hash(accepted.email)))
    return await env.throttle.hit(*hits)


def _outcome(
    user: User,
    verification: EmailVerification,
    *,
    product: Product,
    stored: bool,
    env: Environment,
) -> Registered | RegistrationPending | EmailAlreadyExists:
    pending = verifications.pending(verification, product=product, env=env)
    if product.policy.conceal_existing_accounts:
        env.mail_queued()
        return RegistrationPending(pending)
    if not stored:
        return EmailAlreadyExists()
    env.mail_queued()
    return Registered(user, pending)


def _user(
    accepted: Accepted,
    password_hash: str,
    verification: EmailVerification,
    product: Product,
    language: str | None,
) -> User:
    return User(
        email=accepted.email,
        name=accepted.name,
        password_hash=password_hash,
        role=accepted.role,
        tenant=product.tenant,
        language=language,
        invited_by=accepted.invited_by,
        verification_id=verification.id,
        held_until=verification.expires_at,
        created_at=verification.created_at,
        updated_at=verification.created_at,
    )


_LET_GO = "DELETE FROM users WHERE email = $1 AND NOT is_verified AND held_until <= $2"


async def _store(
    user: User, verification: EmailVerification, *, product: Product, env: Environment
) -> bool:
    """Whether the address was free. If so, all of the registration is stored, or nothing.

    A taken address under a policy that conceals it gets a decoy and a letter that says so, by the
    same statements. Where an address has had its share of mails, nothing is mailed: without
    concealment that raises _TooManyMailsError, under it the answer is the same as ever.
    """
    address = env.keys.address_hash(user.email)
    conceals = product.policy.conceal_existing_accounts
    async with in_transaction():
        # No check before the write: whoever's hold has run out is removed here, and whoever still
        # holds the address stops the insert.
        await fetch(_LET_GO, user.email, user.created_at)
        stored = await insert_unless_taken(user, unique="email")
        action = Action.REGISTERED if stored else Action.ADDRESS_TAKEN
        subject = Subject.address(user.email, keys=env.keys)
        event = Event(action, subject, at=user.created_at)
        if not stored and not conceals:
            await audit.record(event)
            return False
        verification.user_id = user.id if stored else None
        await guesses.begin(verification.id, address_hash=address, env=env)
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
        await insert_together(*rows, audit.entry(event))
        await env.throttle.restart(Hit("resend_address", address))
    return stored
