"""Starts a password reset for a user. No operator ever sets or sees a password."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts.audit import Action
from accounts.environment import Environment
from accounts.login.log_in import AccountDisabled
from accounts.operator.users import UserNotFound, record_change
from accounts.recovery.request_reset import queue_reset
from models import User
from models.sql.database import transaction


@dataclass(frozen=True)
class ResetStarted:
    """A mail with a code and a link is queued. The password stays until it is used."""


StartOutcome: TypeAlias = ResetStarted | AccountDisabled | UserNotFound


async def start_password_reset(*, user: User, actor: str, env: Environment) -> StartOutcome:
    """Mails the user a code and a link that set a new password. No limit of mails applies."""
    async with transaction():
        is_queued = await queue_reset(user, env=env)
        if is_queued:
            await record_change(Action.RESET_STARTED, user, actor=actor, env=env)
    if not is_queued:
        # The command has found the user, who may have been deleted since.
        return AccountDisabled() if await User.exists(id=user.id) else UserNotFound()
    env.wake_mail_worker()
    return ResetStarted()
