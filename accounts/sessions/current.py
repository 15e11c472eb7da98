"""Who is logged in: the user and the session that a token belongs to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.sessions.lifetime import TOUCH_AFTER, idle_end
from accounts.sessions.token import hash_of_token
from models import User
from models.sql import session as sql
from models.sql.database import Statement, as_moment, as_uuid, run
from models.sql.select import user_in


@dataclass(frozen=True)
class Current:
    """A session that has not ended, and its user."""

    user: User
    session_id: UUID
    expires_at: datetime
    """When it ends if it is not used again."""


@dataclass(frozen=True)
class Unauthenticated:
    """There is no token, or it belongs to no session that runs."""


async def current_session(*, token: str | None, env: Environment) -> Current | Unauthenticated:
    """The session of the token, with its user and `user.tenant`. Records that it is used."""
    if token is None:
        return Unauthenticated()
    now = env.clock()
    return await _found(sql.by_token(hash_of_token(token), now=now), now=now, env=env)


async def session_by_id(*, session_id: UUID, env: Environment) -> Current | Unauthenticated:
    """As `current_session`, for the session that a service token was issued from."""
    now = env.clock()
    return await _found(sql.by_id(session_id, now=now), now=now, env=env)


async def _found(
    statement: Statement, *, now: datetime, env: Environment
) -> Current | Unauthenticated:
    for row in await run(statement):
        ends = as_moment(row["session_expires_at"])
        current = Current(user_in(row), as_uuid(row["session_id"]), ends)
        used = as_moment(row["last_used_at"] or row["session_created_at"])
        if now - used >= TOUCH_AFTER:
            await _touch(current, now=now, env=env)
        return current
    return Unauthenticated()


async def required_session(
    *, token: str | None, client: Client, env: Environment
) -> Current | Unauthenticated | RateLimited:
    """As `current_session`, for what only somebody who is logged in may do."""
    current = await current_session(token=token, env=env)
    if isinstance(current, Current):
        return current
    return await without_session(token=token, client=client, env=env)


async def without_session(
    *, token: str | None, client: Client, env: Environment
) -> Unauthenticated | RateLimited:
    """The answer to a request whose token belongs to no session.

    It is counted per client after the look-up, so nobody with a session is ever refused or pays for
    it. A request without a token needs no look-up, and is not counted.
    """
    if token is None:
        return Unauthenticated()
    return await env.rate_limiter.hit(Hit("session_client", client.key)) or Unauthenticated()


async def _touch(current: Current, *, now: datetime, env: Environment) -> None:
    ends = idle_end(current.user, now=now, env=env)
    await sql.touch(current.session_id, now=now, idle_end=ends)
