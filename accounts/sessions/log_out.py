"""Ends the session that a person uses."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.sessions.current import Unauthenticated, without_session
from accounts.sessions.token import hash_of_token
from models import Session


@dataclass(frozen=True)
class LoggedOut:
    pass


LogoutOutcome: TypeAlias = LoggedOut | Unauthenticated | RateLimited


async def log_out(*, token: str | None, client: Client, env: Environment) -> LogoutOutcome:
    """Ends the session of the token."""
    if token is None:
        return Unauthenticated()
    if await end_session(token, env=env):
        return LoggedOut()
    return await without_session(token=token, client=client, env=env)


async def end_session(token: str, *, env: Environment) -> bool:
    """Ends the session of the token. False if none that runs has it."""
    ended = await Session.filter(
        token_hash=hash_of_token(token), expires_at__gt=env.clock()
    ).delete()
    return bool(ended)
