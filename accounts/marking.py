"""Marks a user as verified, keeps it in the audit, and tells whoever waits for it."""

from tortoise.transactions import in_transaction

from accounts import audit
from accounts.audit import API, Action, Event, Subject
from accounts.environment import Environment
from models import User
from models.notices import fetch_and_tell

_MARK = """
UPDATE users SET is_verified = TRUE, updated_at = $2 WHERE id = $1 AND NOT is_verified
RETURNING id, TRUE AS newly
"""


async def mark_verified(user: User, *, action: Action, actor: str = API, env: Environment) -> bool:
    """Whether this has verified the user, who may have been verified before: in one statement."""
    now = env.clock()
    async with in_transaction():
        newly = bool(await fetch_and_tell(_MARK, user.id, now))
        if newly:
            subject = Subject.address(user.email, keys=env.keys)
            await audit.record(Event(action, subject, at=now, actor=actor))
    if newly:
        # Other processes hear of it from the database; this one need not wait for that.
        env.waiting.tell(user.id)
    return newly
