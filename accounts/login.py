"""Logs a person in and out, and tells who is logged in."""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from tortoise.exceptions import IntegrityError

from accounts import audit
from accounts.addresses import MalformedAddressError, canonical
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.hashing_line import Busy
from accounts.passwords import normalised
from accounts.problems import InvalidEmail, InvalidInput
from accounts.tenants import product_of
from accounts.throttle import Hit, RateLimited
from models import Session, User
from models.insertion import insert_all
from models.reading import read_user, user_in, user_where

SESSION_LIFETIME = timedelta(days=30)
_TOKEN_BYTES = 32  # 256 bits, so that a stolen SHA-256 of it is no help


@dataclass(frozen=True)
class LoggedIn:
    user: User
    access_token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class InvalidCredentials:
    """An unknown address or a wrong password; which of them is not told."""


@dataclass(frozen=True)
class EmailNotVerified:
    """The right password of an account that waits for its verification."""


@dataclass(frozen=True)
class LoggedOut:
    pass


@dataclass(frozen=True)
class Unauthenticated:
    """No token, or one that no longer logs anybody in."""


LoginOutcome: TypeAlias = (
    LoggedIn | InvalidInput | InvalidCredentials | EmailNotVerified | RateLimited
)
LogoutOutcome: TypeAlias = LoggedOut | Unauthenticated


async def log_in(*, email: str, password: str, client: str, env: Environment) -> LoginOutcome:
    """A new session for the right password of a verified account.

    One password hash is verified in every case, so an unknown address takes as long as a known one:
    as one whose hash is of a kind that is in use, and always of the same (accounts.decoys). A
    failure is kept by one statement, for every address alike.
    """
    env.hasher.admit()
    try:
        address = canonical(email)
    except MalformedAddressError as error:
        return InvalidInput((InvalidEmail(str(error)),))
    pair = env.keys.address_hash(f"{address} {client}")
    users = await env.throttle.hit_and_find(
        Hit("login_client", client),
        Hit("login_address_and_client", pair),
        query=user_where("users.email = {0}", address),
    )
    if isinstance(users, RateLimited):
        return users
    user = user_in(users[0]) if users else None
    typed = normalised(password)
    stranger = env.keys.address_hash(f"decoy {address}")
    known = user.password_hash if user else None
    if not await env.hasher.verify(typed, known, raw=password, stranger=stranger) or user is None:
        await audit.record(_event(Action.LOGIN_FAILED, address, env=env))
        return InvalidCredentials()
    if not user.is_verified:
        await audit.record(_event(Action.LOGIN_FAILED, address, detail="not verified yet", env=env))
        # Whoever has just tried to register the address would learn from it that it was free.
        conceals = product_of(user.tenant, env=env).policy.conceal_existing_accounts
        return InvalidCredentials() if conceals else EmailNotVerified()
    await _renew_hash(user, typed, env=env)
    try:
        return await _open_session(user, env=env)
    except IntegrityError:
        return InvalidCredentials()  # the account has just been deleted


async def log_out(*, token: str | None, env: Environment) -> LogoutOutcome:
    """Ends the session that the token opened."""
    if token is None:
        return Unauthenticated()
    ended = await Session.filter(token_hash=_hashed(token), expires_at__gt=env.clock()).delete()
    return LoggedOut() if ended else Unauthenticated()


OF_SESSION = "sessions.token_hash = $1 AND sessions.expires_at > $2"
THEIR_SESSIONS = "JOIN sessions ON sessions.user_id = users.id"


async def signed_in(*, token: str | None, env: Environment) -> User | None:
    """The user whose session the token opened, with their tenant."""
    if token is None:
        return None
    return await read_user(OF_SESSION, _hashed(token), env.clock(), joined=THEIR_SESSIONS)


async def _renew_hash(user: User, password: str, *, env: Environment) -> None:
    """Brings an imported or older hash up to date, unless the password has just been changed."""
    if not env.hasher.is_outdated(user.password_hash):
        return
    with suppress(Busy):  # then it is brought up to date at another login
        renewed = await env.hasher.hash(password)
        await User.filter(id=user.id, password_hash=user.password_hash).update(
            password_hash=renewed
        )


async def _open_session(user: User, *, env: Environment) -> LoggedIn:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = env.clock()
    expires_at = now + SESSION_LIFETIME
    session = Session.construct(
        user_id=user.id,
        token_hash=_hashed(token),
        created_at=now,
        expires_at=expires_at,
    )
    await insert_all(session, audit.entry(_event(Action.LOGGED_IN, user.email, env=env)))
    return LoggedIn(user=user, access_token=token, expires_at=expires_at)


def _event(action: Action, address: str, *, detail: str | None = None, env: Environment) -> Event:
    subject = Subject.address(address, keys=env.keys)
    return Event(action, subject, at=env.clock(), detail=detail)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
