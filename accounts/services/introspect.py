"""Tells a service whether a token is valid, and whose it is."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from accounts.environment import Environment
from accounts.service_tokens.verify import VerifiedToken, is_jwt, verify_service_token
from accounts.services.service_keys import MissingScope, Scope, UnknownServiceKey, key_for
from accounts.sessions.current import Unauthenticated, current_session, session_by_id
from models import User


@dataclass(frozen=True)
class ActiveToken:
    """The token is that of a session that runs, or a service token that was issued from one."""

    user: User
    session_id: UUID
    expires_at: datetime
    """When the session ends if it is not used again."""
    service_token: VerifiedToken | None = field(default=None, repr=False)
    """What a service token says. None for the token of a session."""


@dataclass(frozen=True)
class InactiveToken:
    """The token belongs to no session that runs. A service learns no more."""


IntrospectOutcome: TypeAlias = ActiveToken | InactiveToken | UnknownServiceKey | MissingScope


async def introspect(*, key: str | None, token: str, env: Environment) -> IntrospectOutcome:
    """Whose session a token is of, or was issued from. It is inactive the moment the session ends.

    An answer counts as a use of the session, as a person who uses only other services must not be
    logged out for it.
    """
    allowed = await key_for(Scope.INTROSPECT, key=key, env=env)
    if isinstance(allowed, UnknownServiceKey | MissingScope):
        return allowed
    if is_jwt(token):
        return await _of_service_token(token, env=env)
    current = await current_session(token=token, env=env)
    if isinstance(current, Unauthenticated):
        return InactiveToken()
    return ActiveToken(current.user, current.session_id, current.expires_at)


async def _of_service_token(token: str, *, env: Environment) -> ActiveToken | InactiveToken:
    """A service token is inactive as well the moment that its session ends."""
    read = await verify_service_token(token, env=env)
    if read is None:
        return InactiveToken()
    current = await session_by_id(session_id=read.session_id, env=env)
    if isinstance(current, Unauthenticated):
        return InactiveToken()
    return ActiveToken(current.user, current.session_id, current.expires_at, read)
