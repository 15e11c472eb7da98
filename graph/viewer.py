"""Who is logged in, with what only they may see."""

from datetime import datetime
from enum import Enum
from typing import Self

import strawberry

from accounts.environment import Environment
from accounts.sessions.of_viewer import ListedSession, sessions_of_viewer
from graph.context import Info
from graph.execution.failures import with_time_limit
from graph.types import User
from models import User as UserRow


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


@strawberry.enum(description="What a person has to do next.")
class NextStep(Enum):
    VERIFY_EMAIL = strawberry.enum_value(
        "VERIFY_EMAIL", description="Prove that the address is theirs: `isVerified` is false."
    )
    COMPLETE_PROFILE = strawberry.enum_value(
        "COMPLETE_PROFILE",
        description="Give what `missingProfileFields` names, to `updateProfile`.",
    )


@strawberry.type(description="The person who is logged in, with what only they may see.")
class Viewer(User):
    __repr__ = object.__repr__  # a type does not inherit it

    next_steps: list[NextStep] = strawberry.field(
        default_factory=list, description="What the person has to do next, the first step first."
    )

    @classmethod
    def of(cls, user: UserRow, *, env: Environment) -> Self:
        viewer = super().of(user, env=env)
        steps = {
            NextStep.VERIFY_EMAIL: not viewer.is_verified,
            NextStep.COMPLETE_PROFILE: not viewer.is_profile_complete,
        }
        viewer.next_steps = [step for step, is_due in steps.items() if is_due]
        return viewer

    @strawberry.field(description="All sessions of the person, the newest login first.")
    @with_time_limit
    async def sessions(self, info: Info) -> list[Session]:
        context = info.context
        found = await sessions_of_viewer(token=context.bearer, env=context.env)
        return [Session.of(each) for each in found]
