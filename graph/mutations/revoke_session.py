"""`revokeSession`: somebody who is logged in ends one of their sessions."""

from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.login.confirm_password import WrongPassword
from accounts.problems import InvalidInput
from accounts.sessions import revoke as operation
from accounts.sessions.current import Unauthenticated
from accounts.sessions.revoke import SessionNotFound
from accounts.sessions.revoke import SessionRevoked as Revoked
from graph.context import Info
from graph.errors import (
    InvalidInputError,
    RateLimitedError,
    SessionNotFoundError,
    UnauthenticatedError,
    WrongPasswordError,
    fixed_message,
)
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation


@strawberry.input(description="The session to end, and the password.")
class RevokeSessionInput:
    __repr__ = object.__repr__

    id: strawberry.ID = strawberry.field(description="From `viewer.sessions`.")
    password: str = strawberry.field(description="The password of whoever is logged in.")


@strawberry.type(description="The session has ended.")
class SessionRevoked:
    message: str = fixed_message("The session has ended.")


@mutation(
    description="Ends one session of whoever is logged in. A wrong password counts as a failed "
    "login. The person is told by mail.",
    ends_sessions=True,
)
async def revoke_session(
    info: Info, input: Annotated[RevokeSessionInput, WHAT_THE_PERSON_TYPED]
) -> (
    SessionRevoked
    | InvalidInputError
    | UnauthenticatedError
    | WrongPasswordError
    | SessionNotFoundError
    | RateLimitedError
):
    context = info.context
    match await operation.revoke_session(
        token=context.bearer,
        session_id=input.id,
        password=input.password,
        client=context.client,
        env=context.env,
    ):
        case Revoked():
            return SessionRevoked()
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case Unauthenticated():
            return UnauthenticatedError()
        case WrongPassword():
            return WrongPasswordError()
        case SessionNotFound():
            return SessionNotFoundError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
