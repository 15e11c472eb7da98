"""Tells a service whether the token of a session is valid, and whose it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from accounts.environment import Environment
from accounts.services.keys import MissingScope, Scope, UnknownKey, key_for
from accounts.sessions.current import Unauthenticated, current_session
from models import User


@dataclass(frozen=True)
class ActiveToken:
    """The token belongs to a session that runs."""

    user: User
    session_id: UUID
    expires_at: datetime
    """When the session ends if it is not used again."""


@dataclass(frozen=True)
class InactiveToken:
    """The token belongs to no session that runs. A service learns no more."""


IntrospectOutcome: TypeAlias = ActiveToken | InactiveToken | UnknownKey | MissingScope


async def introspect(*, key: str | None, token: str, env: Environment) -> IntrospectOutcome:
    """Whose session the token is of. It is inactive the moment the session ends.

    An answer counts as a use of the session, as a person who uses only other services must not be
    logged out for it.
    """
    allowed = await key_for(Scope.INTROSPECT, key=key, env=env)
    if isinstance(allowed, UnknownKey | MissingScope):
        return allowed
    current = await current_session(token=token, env=env)
    if isinstance(current, Unauthenticated):
        return InactiveToken()
    return ActiveToken(current.user, current.session_id, current.expires_at)
