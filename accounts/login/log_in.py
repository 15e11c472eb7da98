"""Login with an email address and a password."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.hashing.admission import Busy
from accounts.hashing.jobs import Queue
from accounts.limits.rules import Hit, RateLimited
from accounts.passwords import normalised, password_hash_of
from accounts.policies.choices import VerificationMethod
from accounts.problems import InvalidInput
from accounts.registration.input import checked_address
from accounts.sessions.open import open_session
from accounts.tenants import product_of
from models import User
from models.sql.select import user_in, user_where


@dataclass(frozen=True)
class LoggedIn:
    user: User
    access_token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class InvalidCredentials:
    """An unknown address or a wrong password. Clients do not learn which."""


@dataclass(frozen=True)
class AccountDisabled:
    """An operator has disabled the account. A login tells so only after the right password."""


@dataclass(frozen=True)
class AccountDeletionPending:
    """The right password of an account whose owner has scheduled its deletion."""

    deletes_at: datetime


@dataclass(frozen=True)
class EmailNotVerified:
    """The right password of an account that is not verified yet."""

    methods: tuple[VerificationMethod, ...]
    """Those of the account's policy: what another mail holds."""


LoginOutcome: TypeAlias = (
    LoggedIn
    | InvalidInput
    | InvalidCredentials
    | EmailNotVerified
    | AccountDisabled
    | AccountDeletionPending
    | RateLimited
)


async def log_in(*, email: str, password: str, client: Client, env: Environment) -> LoginOutcome:
    """Opens a session if the password is right and the account is verified.

    A login with an unknown address verifies a decoy hash, of a kind that is in use
    (accounts.hashing.decoys), and so takes as long as one with a known address. One statement
    records a failure, for every address alike.
    """
    env.hasher.admit(Queue.LOGIN)
    address = checked_address(email)
    if not isinstance(address, str):
        return InvalidInput((address,))
    users = await env.rate_limiter.hit_and_fetch(
        *login_hits(address, client=client, env=env),
        query=user_where("users.email = {0}", address),
    )
    if isinstance(users, RateLimited):
        return users
    user = user_in(users[0]) if users else None
    typed = normalised(password)
    decoy = env.keys.address_hash(f"decoy {address}")
    matches = await env.hasher.verify(
        typed,
        password_hash_of(user),
        raw=password,
        address_hash=decoy,
        is_wanted=client.is_connected,
    )
    if user is None or not matches:
        await audit.record(_failed(address, "wrong address or password", env=env))
        return InvalidCredentials()
    return await _let_in(user, typed, client=client, env=env)


async def _let_in(user: User, password: str, *, client: Client, env: Environment) -> LoginOutcome:
    """Opens a session for a user whose password is right, unless something else is in the way."""
    barrier = _barrier(user, env=env)
    if barrier is not None:
        await audit.record(_failed(user.email, barrier.detail, env=env))
        return barrier.outcome
    await _renew_hash(user, password, env=env)
    opened = await open_session(user, client=client, env=env)
    if opened is None:
        await audit.record(_failed(user.email, "changed meanwhile", env=env))
        return InvalidCredentials()  # the password was changed meanwhile, or the account is gone
    return LoggedIn(user=user, access_token=opened.token, expires_at=opened.ends_at)


def login_hits(address: str, *, client: Client, env: Environment) -> tuple[Hit, ...]:
    """What an attempt at the password of an address counts as, whoever makes it."""
    return (
        Hit("login_client", client.key, (address,)),
        Hit("login_address_and_client", env.keys.address_hash(f"{address} {client.key}")),
    )


@dataclass(frozen=True)
class _Barrier:
    """Why a user may not log in with the right password."""

    detail: str
    """For the audit log."""
    outcome: InvalidCredentials | EmailNotVerified | AccountDisabled | AccountDeletionPending


def _barrier(user: User, *, env: Environment) -> _Barrier | None:
    if not user.is_verified:
        policy = product_of(user.tenant, env=env).policy
        # Otherwise clients that just tried to register the address would learn that it was free.
        conceals = policy.conceal_existing_accounts
        told = InvalidCredentials() if conceals else EmailNotVerified(policy.verification_methods)
        return _Barrier("not verified yet", told)
    if user.disabled_at is not None:
        return _Barrier("disabled", AccountDisabled())
    if user.deletes_at is not None:
        # The sweep, which deletes it, runs once an hour.
        is_gone = user.deletes_at <= env.clock()
        deleted = InvalidCredentials() if is_gone else AccountDeletionPending(user.deletes_at)
        return _Barrier("about to be deleted", deleted)
    return None


async def _renew_hash(user: User, password: str, *, env: Environment) -> None:
    """Replaces an imported or outdated hash, unless it has just been changed."""
    if not env.hasher.is_outdated(user.password_hash):
        return
    try:
        renewed = await env.hasher.hash(password, queue=Queue.LOGIN)
    except Busy:
        return  # a later login replaces it
    unchanged = User.filter(id=user.id, password_hash=user.password_hash)
    if await unchanged.update(password_hash=renewed):
        user.password_hash = renewed
        return
    # Another login has replaced it, or the password was changed.
    current = await User.get_or_none(id=user.id)
    if current is not None and await env.hasher.verify(password, password_hash_of(current)):
        user.password_hash = current.password_hash


def _failed(address: str, why: str, *, env: Environment) -> Event:
    subject = Subject.address(address, env=env)
    return Event(Action.LOGIN_FAILED, subject, at=env.clock(), detail=why)
