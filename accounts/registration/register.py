"""Registers a person: an unverified user, a verification, and its mail."""

from dataclasses import dataclass, field
from typing import TypeAlias

from accounts.addresses import suggested_address
from accounts.client import Client
from accounts.environment import Environment, Product
from accounts.hashing.jobs import Queue
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidInput, TenantNotFound
from accounts.profile.missing import missing_fields
from accounts.registration.input import Candidate, CheckedCandidate, check, product_of_candidate
from accounts.registration.store import store_registration
from accounts.verification import issue
from accounts.verification.issue import Lifetimes, OpenVerification
from models import NO_PASSWORD, EmailVerification, User


@dataclass(frozen=True)
class Registered:
    user: User
    verification: OpenVerification
    continuation: str | None = field(repr=False)
    """The token by which this client may log in after the verification. None if it has chosen no
    password: whoever verifies the address chooses it, and may be somebody else."""
    did_you_mean: str | None = field(repr=False)
    """Another address, if the domain of this one looks like a slip."""


@dataclass(frozen=True)
class RegistrationPending:
    """Under a policy that conceals accounts: the answer for new and taken addresses alike."""

    verification: OpenVerification
    continuation: str | None = field(repr=False)
    did_you_mean: str | None = field(repr=False)


@dataclass(frozen=True)
class EmailAlreadyExists:
    """The address belongs to a verified user, or is held while its code or link is valid."""


RegisterOutcome: TypeAlias = (
    Registered | RegistrationPending | InvalidInput | EmailAlreadyExists | RateLimited
)


async def register(
    *, candidate: Candidate, client: Client, language: str | None = None, env: Environment
) -> RegisterOutcome:
    """Registers the candidate, if the policy and the address allow it.

    `language` is the language of their mails; None means the deployment's. The password is hashed
    before the address is looked up, so a taken address costs as much as a new one.
    """
    if candidate.password is not None:
        env.hasher.admit(Queue.REGISTRATION)
    product = await product_of_candidate(candidate, env=env)
    if product is None:
        return await _rejected(InvalidInput((TenantNotFound(),)), client=client, env=env)
    accepted = await check(candidate, policy=product.policy, env=env)
    if isinstance(accepted, InvalidInput):
        return await _rejected(accepted, client=client, env=env)
    refused = await _rate_limited(accepted, product=product, client=client, env=env)
    if refused is not None:
        return refused

    password_hash = await _hash(accepted.password, client=client, env=env)
    verification = issue.new_verification(
        Lifetimes.of(product.policy),
        address_hash=env.keys.address_hash(accepted.email),
        now=env.clock(),
        env=env,
    )
    continuation = None
    if accepted.password is not None:
        continuation = issue.add_continuation(verification, password_hash=password_hash)
    user = _user(accepted, password_hash, verification, product, language)
    match await store_registration(
        user, verification, return_to=accepted.return_to, product=product, env=env
    ):
        case bool(is_free):
            cooldown = env.rate_limiter.cooldown(user.email)
            pending = issue.open_verification(verification, cooldown=cooldown, product=product)
            did_you_mean = suggested_address(user.email)
            registered = Registered(user, pending, continuation, did_you_mean)
            return _outcome(registered, product=product, is_free=is_free, env=env)
        case RateLimited() as refused:
            return refused
        case TenantNotFound() as problem:
            return InvalidInput((problem,))


async def _hash(password: str | None, *, client: Client, env: Environment) -> str:
    if password is None:
        return NO_PASSWORD
    return await env.hasher.hash(password, queue=Queue.REGISTRATION, is_wanted=client.is_connected)


async def _rejected(
    invalid: InvalidInput, *, client: Client, env: Environment
) -> InvalidInput | RateLimited:
    """Counts a rejected registration, so that nobody looks up tenants as often as they like."""
    refused = await env.rate_limiter.hit(Hit("register_rejected_client", client.key))
    return invalid if refused is None else refused


async def _rate_limited(
    accepted: CheckedCandidate, *, product: Product, client: Client, env: Environment
) -> RateLimited | None:
    hits = [Hit("register_client", client.key, (accepted.email,))]
    if product.policy.conceal_existing_accounts:
        # With concealment each registration sends a mail, so the cooldown of mails applies.
        address_hash = env.keys.address_hash(accepted.email)
        hits.append(Hit("resend_address", address_hash, (accepted.email,)))
    return await env.rate_limiter.hit(*hits)


def _outcome(
    registered: Registered, *, product: Product, is_free: bool, env: Environment
) -> Registered | RegistrationPending | EmailAlreadyExists:
    if product.policy.conceal_existing_accounts:
        env.wake_mail_worker()
        return RegistrationPending(
            registered.verification, registered.continuation, registered.did_you_mean
        )
    if not is_free:
        return EmailAlreadyExists()
    env.wake_mail_worker()
    return registered


def _user(
    accepted: CheckedCandidate,
    password_hash: str,
    verification: EmailVerification,
    product: Product,
    language: str | None,
) -> User:
    return User.construct(
        email=accepted.email,
        name=accepted.name,
        password_hash=password_hash,
        role=accepted.role,
        language=language,
        invited_by=accepted.invited_by,
        profile=accepted.profile or None,
        is_profile_complete=not (
            product.policy.profile and missing_fields(accepted.profile, policy=product.policy)
        ),
        verification_id=verification.id,
        held_until=verification.expires_at,
        created_at=verification.created_at,
        updated_at=verification.created_at,
        tenant=product.tenant,
    )
