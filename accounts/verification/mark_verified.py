"""Marks a user as verified, records it in the audit log, and notifies subscribers."""

from dataclasses import dataclass

from accounts import audit
from accounts.audit import API, Action, Event, Subject
from accounts.environment import Environment
from models import User
from models.sql import verification
from models.sql.select import read_user


@dataclass(frozen=True)
class Verified:
    """The outcome of every verification of an address, by code, by link or by an operator."""

    user: User


@dataclass(frozen=True)
class Marked:
    """A verified user. `newly` is False if they were verified before."""

    user: User
    newly: bool


async def mark_verified(
    user: User, *, action: Action, actor: str = API, env: Environment
) -> Marked | None:
    """Verifies the user in one statement; None if the account is gone."""
    now = env.clock()
    subject = Subject.address(user.email, env=env)
    detail = "by link" if actor == API else f"user {user.id}"
    entry = audit.insert_statement(Event(action, subject, at=now, actor=actor, detail=detail))
    marked = await verification.mark_verified(user.id, entry, now=now)
    if marked is not None:
        # The database notifies other processes. This one need not wait for that.
        env.subscribers.notify(user.id)
        return Marked(marked, newly=True)
    verified = await read_user(user.id)
    return None if verified is None else Marked(verified, newly=False)
