"""Changes the address of a user once everybody has agreed whom the change needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from accounts import audit
from accounts.addresses import masked
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.notices import UNDO, queue_notice
from accounts.registration.disown import allow_mails
from accounts.registration.register import EmailAlreadyExists
from models import MailTemplate, User
from models.sql.database import transaction
from models.sql.email import AddressTakenError, change_email
from models.sql.email_consent import HalfProved, ProvedAddress
from models.sql.notify import notify
from models.sql.select import read_user


class ChangeAddress(StrEnum):
    """One of the two addresses of a change."""

    OLD = "OLD"
    NEW = "NEW"


@dataclass(frozen=True)
class EmailChanged:
    """The user has the new address. Their sessions go on."""

    user: User


@dataclass(frozen=True)
class EmailChangeHalfConfirmed:
    """One address has agreed. The user has the old one until the missing one agrees as well."""

    missing: ChangeAddress


ChangeEmailOutcome: TypeAlias = EmailChanged | EmailChangeHalfConfirmed | EmailAlreadyExists

Confirm: TypeAlias = Callable[[], Awaitable[ProvedAddress | HalfProved | None]]
"""Locks the user, and uses a code or a link up. None if it can no longer be used."""


async def change_if_confirmed(
    user: User, confirm: Confirm, *, env: Environment
) -> ChangeEmailOutcome | None:
    """Changes the address if nothing is missing, and mails notices to both: all of it or nothing.

    None if the code or link can no longer be used.
    """
    try:
        async with transaction():
            confirmed = await confirm()
            if confirmed is None:
                return None
            if isinstance(confirmed, HalfProved):
                return await _half_confirmed(user, confirmed, env=env)
            changed = await _change(user, confirmed, env=env)
    except AddressTakenError:
        return EmailAlreadyExists()
    if changed is None:
        return None
    # Its owner may have disowned a registration with it after the request.
    await allow_mails(changed.email, env=env)
    env.wake_mail_worker()
    env.subscribers.notify(confirmed.verification_id)
    return EmailChanged(changed)


async def _half_confirmed(
    user: User, half: HalfProved, *, env: Environment
) -> EmailChangeHalfConfirmed:
    missing = ChangeAddress.OLD if half.is_old_missing else ChangeAddress.NEW
    subject = Subject.address(user.email, env=env)
    detail = f"the {missing.lower()} address is missing"
    action = Action.EMAIL_CHANGE_HALF_CONFIRMED
    await audit.record(Event(action, subject, at=env.clock(), detail=detail))
    return EmailChangeHalfConfirmed(missing)


async def _change(user: User, proved: ProvedAddress, *, env: Environment) -> User | None:
    """The user with the new address; None if they are gone."""
    await change_email(user.id, proved.email, by=proved.verification_id, now=env.clock())
    changed = await read_user(user.id)
    if changed is None:
        return None
    await _record(user, changed, env=env)
    await notify(proved.verification_id)
    return changed


async def _record(before: User, after: User, *, env: Environment) -> None:
    """Stores an entry in the audit log for each address, and a notice to each."""
    await record_for_both(Action.EMAIL_CHANGED, before, after, env=env)
    await queue_notice(MailTemplate.EMAIL_CHANGED, user=before, link=UNDO, env=env)
    await queue_notice(MailTemplate.EMAIL_IS_NEW, user=after, env=env)


async def record_for_both(action: Action, before: User, after: User, *, env: Environment) -> None:
    """Stores an entry in the audit log for each address of a change."""
    details = ((before, f"to {masked(after.email)}"), (after, f"from {masked(before.email)}"))
    for user, detail in details:
        subject = Subject.address(user.email, env=env)
        await audit.record(Event(action, subject, at=env.clock(), detail=detail))
