"""The sessions of a person, as they see them."""

from datetime import datetime
from typing import Self

import strawberry

from accounts.sessions.list_sessions import ListedSession


@strawberry.type(description="A login that has not ended.")
class Session:
    id: strawberry.ID = strawberry.field(description="For `revokeSession`. It is not the token.")
    created_at: datetime = strawberry.field(description="When the person logged in.")
    last_used_at: datetime = strawberry.field(description="When it was used last, to the minute.")
    expires_at: datetime = strawberry.field(
        description="When it ends if it is not used again before."
    )
    client: str | None = strawberry.field(
        description="The browser and system that logged in, such as `Firefox on Linux`. Null: "
        "unknown."
    )
    current: bool = strawberry.field(description="Whether it is the session of this request.")

    @classmethod
    def of(cls, session: ListedSession) -> Self:
        return cls(
            id=strawberry.ID(str(session.id)),
            created_at=session.created_at,
            last_used_at=session.last_used_at,
            expires_at=session.expires_at,
            client=session.client,
            current=session.is_current,
        )
