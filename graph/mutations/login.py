"""`login`: a verified person logs in and gets a bearer token."""

from datetime import datetime
from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.login.log_in import (
    AccountDeletionPending,
    AccountDisabled,
    EmailNotVerified,
    InvalidCredentials,
    LoggedIn,
    log_in,
)
from accounts.problems import InvalidInput
from graph.context import Info
from graph.errors import (
    AccountDeletionPendingError,
    AccountDisabledError,
    EmailNotVerifiedError,
    InvalidCredentialsError,
    InvalidInputError,
    RateLimitedError,
)
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation
from graph.types import User, methods_of


@strawberry.input(description="Credentials of a verified account.")
class LoginInput:
    __repr__ = object.__repr__

    email: str = strawberry.field(description="The email address; case does not matter.")
    password: str = strawberry.field(description="The password.")


@strawberry.type(description="The person is logged in.")
class LoginSuccess:
    __repr__ = object.__repr__  # keeps the token out of logs

    access_token: str = strawberry.field(
        description="Opaque; send it as `Authorization: Bearer <accessToken>`."
    )
    expires_at: datetime = strawberry.field(description="When the token ends.")
    user: User = strawberry.field(description="Who is logged in.")


@mutation(description="Logs a verified person in and gives a bearer token.")
async def login(
    info: Info, input: Annotated[LoginInput, WHAT_THE_PERSON_TYPED]
) -> (
    LoginSuccess
    | InvalidInputError
    | InvalidCredentialsError
    | EmailNotVerifiedError
    | AccountDisabledError
    | AccountDeletionPendingError
    | RateLimitedError
):
    context = info.context
    match await log_in(
        email=input.email, password=input.password, client=context.client, env=context.env
    ):
        case LoggedIn(user, access_token, expires_at):
            return LoginSuccess(
                access_token=access_token,
                expires_at=expires_at,
                user=User.of(user, env=context.env),
            )
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidCredentials():
            return InvalidCredentialsError()
        case EmailNotVerified(methods):
            return EmailNotVerifiedError(methods=methods_of(methods))
        case AccountDisabled():
            return AccountDisabledError()
        case AccountDeletionPending(deletes_at):
            return AccountDeletionPendingError(deletes_at=deletes_at)
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
