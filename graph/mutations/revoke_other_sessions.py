"""`revokeOtherSessions`: somebody who is logged in ends all their other sessions."""

from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.login.confirm_password import WrongPassword
from accounts.problems import InvalidInput
from accounts.sessions import revoke as operation
from accounts.sessions.current import Unauthenticated
from accounts.sessions.revoke import OtherSessionsRevoked as Revoked
from graph.context import Info
from graph.errors import (
    InvalidInputError,
    RateLimitedError,
    UnauthenticatedError,
    WrongPasswordError,
    fixed_message,
)
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation


@strawberry.input(description="The password, which a thief of the session does not know.")
class RevokeOtherSessionsInput:
    __repr__ = object.__repr__

    password: str = strawberry.field(description="The password of whoever is logged in.")


@strawberry.type(description="Only the session of the request is left.")
class OtherSessionsRevoked:
    message: str = fixed_message("You are logged out everywhere else.")
    ended_sessions: int = strawberry.field(description="How many other sessions were running.")


@mutation(
    description="Ends all sessions of whoever is logged in but this one. A wrong password counts "
    "as a failed login. The person is told by mail."
)
async def revoke_other_sessions(
    info: Info, input: Annotated[RevokeOtherSessionsInput, WHAT_THE_PERSON_TYPED]
) -> (
    OtherSessionsRevoked
    | InvalidInputError
    | UnauthenticatedError
    | WrongPasswordError
    | RateLimitedError
):
    context = info.context
    match await operation.revoke_other_sessions(
        token=context.bearer, password=input.password, client=context.client, env=context.env
    ):
        case Revoked(ended_sessions):
            return OtherSessionsRevoked(ended_sessions=ended_sessions)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case Unauthenticated():
            return UnauthenticatedError()
        case WrongPassword():
            return WrongPasswordError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
