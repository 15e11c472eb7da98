"""Marks a user as verified, keeps it in the audit, and tells whoever waits for it."""

from dataclasses import dataclass

from accounts import audit
from accounts.audit import API, Action, Event, Subject
from accounts.environment import Environment
from models import User
from models.database import fetch, transaction
from models.notices import telling
from models.reading import read_user

_MARK = """
UPDATE users SET is_verified = TRUE, updated_at = $2 WHERE id = $1 AND NOT is_verified
RETURNING id, {tell}
"""


@dataclass(frozen=True)
class Marked:
    """A verified user, and whether this has verified them, who may have been before."""

    user: User
    newly: bool


async def mark_verified(
    user: User, *, action: Action, actor: str = API, env: Environment
) -> Marked | None:
    """The user, verified in one statement; None if their account is gone."""
    now = env.clock()
    async with transaction():
        newly = bool(await fetch(_MARK.format(tell=telling("id")), user.id, now))
        if newly:
            subject = Subject.address(user.email, keys=env.keys)
            await audit.record(Event(action, subject, at=now, actor=actor))
        # Before the commit: once the row is free, somebody may delete whom this has verified.
        verified = await read_user("users.id = $1", user.id)
    if newly:
        # Other processes hear of it from the database; this one need not wait for that.
        env.waiting.tell(user.id)
    return None if verified is None else Marked(verified, newly)
