"""The sessions of somebody who is logged in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.environment import Environment
from accounts.sessions.token import hash_of_token
from models.sql import session as sql
from models.sql.database import as_moment, as_uuid


@dataclass(frozen=True)
class ListedSession:
    """A session that has not ended, as its user sees it."""

    id: UUID
    created_at: datetime
    last_used_at: datetime
    """Within a minute."""
    expires_at: datetime
    """When it ends if it is not used again."""
    client: str | None
    """The browser and system that logged in; None if they are unknown."""
    is_current: bool
    """Whether it is the session of the token."""


async def sessions_of(user_id: UUID, *, token: str | None, env: Environment) -> list[ListedSession]:
    """All sessions of the user, the one that was opened last first.

    None of them if the token is not of a session of this user.
    """
    if token is None:
        return []
    token_hash = hash_of_token(token)
    return [
        ListedSession(
            id=as_uuid(row["id"]),
            created_at=as_moment(row["created_at"]),
            last_used_at=as_moment(row["last_used_at"] or row["created_at"]),
            expires_at=as_moment(row["expires_at"]),
            client=row["client"],
            is_current=row["token_hash"] == token_hash,
        )
        for row in await sql.of_token(token_hash, now=env.clock())
        if as_uuid(row["user_id"]) == user_id
    ]
