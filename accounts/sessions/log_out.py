"""Ends the session that a person uses."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts.environment import Environment
from accounts.sessions.current import Unauthenticated
from accounts.sessions.token import hash_of
from models import Session


@dataclass(frozen=True)
class LoggedOut:
    pass


LogoutOutcome: TypeAlias = LoggedOut | Unauthenticated


async def log_out(*, token: str | None, env: Environment) -> LogoutOutcome:
    """Ends the session of the token."""
    if token is None:
        return Unauthenticated()
    ended = await Session.filter(token_hash=hash_of(token), expires_at__gt=env.clock()).delete()
    return LoggedOut() if ended else Unauthenticated()
