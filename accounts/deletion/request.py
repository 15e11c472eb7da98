"""Schedules the deletion of the account of somebody who is logged in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.hashing.jobs import Queue
from accounts.limits.rules import RateLimited
from accounts.login.confirm_password import WrongPassword, confirm_password
from accounts.notices import NoticeLink, queue_last_notice, queue_notice
from accounts.problems import InvalidInput
from accounts.sessions.current import Current, Unauthenticated, required_session
from accounts.tenants import product_of
from models import MailTemplate, Purpose
from models.sql import deletion as sql
from models.sql import session
from models.sql.database import transaction
from models.sql.lock import lock_user


@dataclass(frozen=True)
class DeletionScheduled:
    """All sessions have ended. The account is deleted at `deletes_at`, unless that is cancelled."""

    deletes_at: datetime
    is_deleted: bool
    """Whether the policy has deleted it at once."""


RequestDeletionOutcome: TypeAlias = (
    DeletionScheduled | InvalidInput | Unauthenticated | WrongPassword | RateLimited
)


async def request_account_deletion(
    *, token: str | None, password: str, client: Client, env: Environment
) -> RequestDeletionOutcome:
    """Ends all sessions, and schedules the deletion by the policy of the user's tenant.

    A policy of 0 days deletes the account at once. The person is told by mail in any case.
    """
    env.hasher.admit(Queue.LOGIN)
    current = await required_session(token=token, client=client, env=env)
    if not isinstance(current, Current):
        return current
    refused = await confirm_password(password, user=current.user, client=client, env=env)
    if refused is not None:
        return refused
    days = product_of(current.user.tenant, env=env).policy.deletion_days
    deletes_at = await _store(current, timedelta(days=days), now=env.clock(), env=env)
    if deletes_at is None:
        return WrongPassword()
    env.wake_mail_worker()
    return DeletionScheduled(deletes_at, is_deleted=days == 0)


async def _store(
    current: Current, delay: timedelta, *, now: datetime, env: Environment
) -> datetime | None:
    """Stores all of it or nothing. None if the password was changed meanwhile.

    A deletion that can be cancelled waits for the last link that undoes a change of the address:
    whoever has taken the account over must not delete it before its owner has taken it back.
    """
    async with transaction():
        if not delay:
            await sql.wait_for_deletions()
        user = current.user
        if not await lock_user(user):
            return None
        subject = Subject.address(user.email, env=env)
        if not delay:
            await sql.delete_users([user.id])
            await audit.record(Event(Action.ACCOUNT_DELETED, subject, at=now, detail="at once"))
            await queue_last_notice(user, env=env)
            return now
        deletes_at = max(now + delay, await sql.last_undo_ends(user.id) or now)
        await sql.schedule(user.id, deletes_at=deletes_at, now=now)
        await session.end_all(user.id, now=now)
        detail = f"on {deletes_at:%Y-%m-%d}"
        await audit.record(Event(Action.DELETION_SCHEDULED, subject, at=now, detail=detail))
        await queue_notice(
            MailTemplate.DELETION_SCHEDULED,
            user=user,
            link=NoticeLink(Purpose.ACCOUNT_DELETION, deletes_at - now),
            env=env,
        )
    return deletes_at
