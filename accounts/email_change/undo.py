"""Brings the old address back, by the link that was mailed to it."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts.audit import Action
from accounts.client import Client
from accounts.email_change.change import record_for_both
from accounts.environment import Environment
from accounts.recovery.request_reset import queue_reset
from accounts.registration.disown import allow_mails
from accounts.registration.register import EmailAlreadyExists
from accounts.verification.link import ExpiredLink, LinkRefusal, ValidLink, find_link
from models import NO_PASSWORD, Purpose, User
from models.sql import deletion, session
from models.sql.database import transaction
from models.sql.email import AddressTakenError, change_email, end_later_undos, use_for_email
from models.sql.password import set_password
from models.sql.select import read_user


@dataclass(frozen=True)
class EmailChangeUndone:
    """The account has its old address. No session and no password is valid; a reset is mailed."""


UndoOutcome: TypeAlias = EmailChangeUndone | EmailAlreadyExists | LinkRefusal


async def undo_email_change(*, token: str, client: Client, env: Environment) -> UndoOutcome:
    """Brings the old address back, ends all sessions, voids the password, and mails a reset."""
    link = await find_link(token, purpose=Purpose.EMAIL_UNDO, client=client, env=env)
    if not isinstance(link, ValidLink):
        return link
    try:
        user = await _undo(link, env=env)
    except AddressTakenError:
        return EmailAlreadyExists()
    if user is None:
        return ExpiredLink()
    # While the account had another address, its owner may have disowned a registration with this.
    await allow_mails(user.email, env=env)
    env.wake_mail_worker()
    return EmailChangeUndone()


async def _undo(link: ValidLink, *, env: Environment) -> User | None:
    """The user with the old address. None if the link was used meanwhile."""
    now = env.clock()
    async with transaction():
        if not await link.use(env=env):
            return None
        email = await use_for_email(link.verification_id, user_id=link.user.id)
        if email is None:
            return None
        await change_email(link.user.id, email, by=link.verification_id, now=now)
        await set_password(link.user.id, NO_PASSWORD, now=now)
        await session.end_all(link.user.id, now=now)
        await deletion.cancel_always(link.user.id)
        await end_later_undos(link.user.id, after=link.verification_id)
        user = await read_user(link.user.id)
        if user is not None:
            await record_for_both(Action.EMAIL_CHANGE_UNDONE, link.user, user, env=env)
            await queue_reset(user, env=env)
        return user
