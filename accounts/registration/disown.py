"""Ends a registration that somebody else has made with a person's address."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidInput
from accounts.verification.link import ExpiredLink, InvalidLink, LinkRefusal
from accounts.verification.token_format import read_token
from models import Purpose
from models.sql import disown as sql
from models.sql.database import transaction

WORKS_FOR = timedelta(days=7)
"""How long the link works after the mail. The sweep keeps a mail's recipient for as long."""

NO_MAILS_FOR = timedelta(days=30)
"""How long a disowned address gets no mails that anybody can request."""


@dataclass(frozen=True)
class RegistrationDisowned:
    """Nobody holds the address any more, and it gets no mails that anybody can request."""

    mails_from: datetime


@dataclass(frozen=True)
class RegistrationAllowed:
    """The address gets mails again, and anybody may register with it."""


DisownOutcome: TypeAlias = RegistrationDisowned | LinkRefusal
AllowOutcome: TypeAlias = RegistrationAllowed | LinkRefusal


async def disown_registration(*, token: str, client: Client, env: Environment) -> DisownOutcome:
    """Releases the address of a registration mail, and sends no mails to it for 30 days.

    If a user with the address is verified by now, nothing changes: ExpiredLink. The link works more
    than once, also for `allow_registration`.
    """
    address = await _address_of(token, client=client, env=env)
    if not isinstance(address, str):
        return address
    mails = _mails_to(address, env=env)
    # Before the release, and not in its transaction: a registration at the same moment then finds
    # the address blocked when it counts its mail, and withdraws its user.
    await env.rate_limiter.block(mails, seconds=round(NO_MAILS_FOR.total_seconds()))
    async with transaction():
        released = await sql.release_unverified(address)
        if released:
            await _record(Action.REGISTRATION_DISOWNED, address, env=env)
    if released:
        return RegistrationDisowned(env.clock() + NO_MAILS_FOR)
    await env.rate_limiter.unblock(mails)  # it was verified at the same moment
    return ExpiredLink()


async def allow_registration(*, token: str, client: Client, env: Environment) -> AllowOutcome:
    """Sends mails to the address again, for a person who wants to register after all.

    This also releases the address if it got no mails: a concealed registration is stored even then,
    and must not hold it.
    """
    address = await _address_of(token, client=client, env=env)
    if not isinstance(address, str):
        return address
    was_blocked = await gets_no_mails(address, env=env)
    await allow_mails(address, env=env)
    if was_blocked:
        async with transaction():
            await sql.release_unverified(address)
    await _record(Action.REGISTRATION_ALLOWED, address, env=env)
    return RegistrationAllowed()


async def gets_no_mails(address: str, *, env: Environment) -> bool:
    """Whether the address is disowned, or has had all the mails that its limit allows."""
    return await env.rate_limiter.peek(_mails_to(address, env=env)) is not None


async def allow_mails(*addresses: str, env: Environment) -> None:
    """Lets addresses get mails again, also for accounts that have them without a registration."""
    await env.rate_limiter.unblock(*(_mails_to(address, env=env) for address in addresses))


async def _record(action: Action, address: str, *, env: Environment) -> None:
    subject = Subject.address(address, env=env)
    await audit.record(Event(action, subject, at=env.clock(), detail="by link"))


def _mails_to(address: str, *, env: Environment) -> Hit:
    return Hit("mail_address", env.keys.address_hash(address))


async def _address_of(token: str, *, client: Client, env: Environment) -> str | LinkRefusal:
    """The address that the registration mail with this link went to, if no verified user has it."""
    read = read_token(token)
    if isinstance(read, InvalidInput):
        return read
    verification_id: UUID | None = env.keys.read_link_token(read, purpose=Purpose.DISOWN)
    found = await env.rate_limiter.hit_and_fetch(
        Hit("verify_client", client.key),
        query=sql.recipient(verification_id, since=env.clock() - WORKS_FOR),
    )
    if isinstance(found, RateLimited):
        return found
    if verification_id is None:
        return InvalidLink()
    return str(found[0]["recipient"]) if found else ExpiredLink()
