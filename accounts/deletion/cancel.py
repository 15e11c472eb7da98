"""Cancels the deletion of an account, by the link of its notice."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.verification.link import ExpiredLink, LinkRefusal, ValidLink, find_link
from models import Purpose
from models.sql import deletion as sql
from models.sql.database import transaction


@dataclass(frozen=True)
class DeletionCancelled:
    """The account stays, and its user can log in again."""


CancelDeletionOutcome: TypeAlias = DeletionCancelled | LinkRefusal


async def cancel_account_deletion(
    *, token: str, client: Client, env: Environment
) -> CancelDeletionOutcome:
    """Cancels the deletion as long as it is not due."""
    link = await find_link(token, purpose=Purpose.ACCOUNT_DELETION, client=client, env=env)
    if not isinstance(link, ValidLink):
        return link
    now = env.clock()
    async with transaction():
        if not await link.use(env=env) or not await sql.cancel_if_not_due(link.user.id, now=now):
            return ExpiredLink()
        subject = Subject.address(link.user.email, env=env)
        await audit.record(Event(Action.DELETION_CANCELLED, subject, at=now, detail="by link"))
    return DeletionCancelled()
