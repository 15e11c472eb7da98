"""Gives a user the address that they have proved to be theirs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.notices import queue_notice
from accounts.registration.register import EmailAlreadyExists
from accounts.sessions.current import Unauthenticated, current_session
from accounts.verification.guess import Guess
from accounts.verification.issue import MailTemplate
from accounts.verification.link import ExpiredLink, InvalidLink, ValidLink, find_link
from accounts.verification.redeem import CodeRefusal, TypedCode, redeem_code, redemption
from models import Purpose, User
from models.sql.claim import claim_code
from models.sql.database import transaction
from models.sql.email import AddressTakenError, change_email, use_for_email
from models.sql.notify import notify
from models.sql.select import read_user


@dataclass(frozen=True)
class EmailChanged:
    """The user has the new address. Their sessions go on."""

    user: User


ConfirmOutcome: TypeAlias = EmailChanged | EmailAlreadyExists | Unauthenticated | CodeRefusal
ConfirmByLinkOutcome: TypeAlias = (
    EmailChanged | EmailAlreadyExists | InvalidLink | ExpiredLink | RateLimited
)


async def confirm_email_change(
    *, token: str | None, otp: str, client: Client, env: Environment
) -> ConfirmOutcome:
    """Changes the address by the newest code that was mailed to the new one."""
    current = await current_session(token=token, env=env)
    if isinstance(current, Unauthenticated):
        return current

    async def redeem(guess: Guess) -> EmailChanged | EmailAlreadyExists | None:
        right = redemption(guess, env=env)
        if right is None:
            return None
        return await _change(
            current.user,
            right.verification_id,
            lambda: claim_code(right, purpose=Purpose.EMAIL_CHANGE),
            env=env,
        )

    return await redeem_code(
        TypedCode(current.user.email, otp),
        purpose=Purpose.EMAIL_CHANGE,
        redeem=redeem,
        client=client,
        env=env,
    )


async def confirm_email_change_by_link(
    *, token: str, client: Client, env: Environment
) -> ConfirmByLinkOutcome:
    """Changes the address by the link that was mailed to the new one. No session is needed."""
    link = await find_link(token, purpose=Purpose.EMAIL_CHANGE, client=client, env=env)
    if not isinstance(link, ValidLink):
        return link
    outcome = await _change(link.user, link.verification_id, lambda: link.claim(env=env), env=env)
    return ExpiredLink() if outcome is None else outcome


async def _change(
    user: User, verification_id: UUID, claim: Callable[[], Awaitable[bool]], *, env: Environment
) -> EmailChanged | EmailAlreadyExists | None:
    """Changes the address, and mails notices to both: all of it or nothing.

    None if the code or link can no longer be used.
    """
    now = env.clock()
    try:
        async with transaction():
            if not await claim():
                return None
            email = await use_for_email(verification_id, user_id=user.id)
            if email is None:
                return None
            await change_email(user.id, email, by=verification_id, now=now)
            changed = await read_user("users.id = $1", user.id)
            if changed is None:
                return None
            await _record(user, changed, env=env)
            await notify(verification_id)
    except AddressTakenError:
        return EmailAlreadyExists()
    env.mail_queued()
    env.subscribers.notify(verification_id)
    return EmailChanged(changed)


async def _record(before: User, after: User, *, env: Environment) -> None:
    """Stores an entry in the audit log for each address, and a notice to each."""
    for user in (before, after):
        subject = Subject.address(user.email, keys=env.keys)
        await audit.record(Event(Action.EMAIL_CHANGED, subject, at=env.clock()))
    await queue_notice(MailTemplate.EMAIL_CHANGED, user=before, purpose=Purpose.EMAIL_UNDO, env=env)
    await queue_notice(MailTemplate.EMAIL_IS_NEW, user=after, env=env)
