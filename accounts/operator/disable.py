"""Disables and enables the accounts of users."""

from dataclasses import dataclass

from accounts.audit import Action
from accounts.environment import Environment
from accounts.operator.users import UserNotFound, record_change
from models import User
from models.sql import session
from models.sql.database import fetch, transaction
from models.sql.proof import end_requests

_DISABLE = """
UPDATE users SET
    disabled_at = COALESCE(disabled_at, $2), password_reset_id = NULL, email_change_id = NULL,
    updated_at = $2
WHERE id = $1
RETURNING id
"""
_ENABLE = """
UPDATE users SET disabled_at = NULL, updated_at = $2
WHERE id = $1 AND disabled_at IS NOT NULL
RETURNING id
"""
_EXISTS = "SELECT id FROM users WHERE id = $1"


@dataclass(frozen=True)
class Disabled:
    """The user cannot log in any more."""

    ended_sessions: int


@dataclass(frozen=True)
class Enabled:
    """The user can log in again. `changed` is False if they always could."""

    changed: bool


async def disable_user(*, user: User, actor: str, env: Environment) -> Disabled | UserNotFound:
    """Ends all sessions of the user, and refuses further logins and password resets."""
    now = env.clock()
    async with transaction():
        if not await fetch(_DISABLE, user.id, now):
            return UserNotFound()
        await end_requests(user.id)
        ended = await session.end_all(user.id, now=now)
        await record_change(Action.USER_DISABLED, user, actor=actor, env=env)
    return Disabled(ended)


async def enable_user(*, user: User, actor: str, env: Environment) -> Enabled | UserNotFound:
    """Lets the user log in again, with the password that they had."""
    async with transaction():
        changed = bool(await fetch(_ENABLE, user.id, env.clock()))
        if changed:
            await record_change(Action.USER_ENABLED, user, actor=actor, env=env)
    if not changed and not await fetch(_EXISTS, user.id):
        return UserNotFound()
    return Enabled(changed)
