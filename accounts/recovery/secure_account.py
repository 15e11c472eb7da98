"""Takes an account back from a stranger, by the link of a notice."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.recovery.request_reset import queue_reset
from accounts.verification.link import ExpiredLink, LinkRefusal, ValidLink, find_link
from models import NO_PASSWORD, Purpose
from models.sql import deletion, session
from models.sql.database import transaction
from models.sql.password import set_password


@dataclass(frozen=True)
class AccountSecured:
    """No session and no password of the account is valid any more. A reset is mailed."""

    ended_sessions: int


SecureOutcome: TypeAlias = AccountSecured | LinkRefusal


async def secure_account(*, token: str, client: Client, env: Environment) -> SecureOutcome:
    """Ends all sessions, voids the password, and mails a reset: all of it or nothing.

    A deletion that is scheduled is cancelled as well.
    """
    link = await find_link(token, purpose=Purpose.SECURE_ACCOUNT, client=client, env=env)
    if not isinstance(link, ValidLink):
        return link
    user, now = link.user, env.clock()
    async with transaction():
        if not await link.use(env=env):
            return ExpiredLink()
        await set_password(user.id, NO_PASSWORD, now=now)
        ended = await session.end_all(user.id, now=now)
        await deletion.cancel_always(user.id)
        subject = Subject.address(user.email, env=env)
        detail = f"{audit.session_count(ended)} ended"
        await audit.record(Event(Action.ACCOUNT_SECURED, subject, at=now, detail=detail))
        await queue_reset(user, env=env)
    env.wake_mail_worker()
    return AccountSecured(ended)
