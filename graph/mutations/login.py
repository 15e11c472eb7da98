"""`login`: a verified person logs in, and gets a token or a cookie."""

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
from graph.types.login_answers import (
    CookieLoginSuccess,
    LoginSuccess,
    LoginTransport,
    refused_transport,
    success_of,
    transport_field,
)
from graph.types.user import methods_of


@strawberry.input(description="Credentials of a verified account.")
class LoginInput:
    __repr__ = object.__repr__

    email: str = strawberry.field(description="The email address; case does not matter.")
    password: str = strawberry.field(description="The password.")
    transport: LoginTransport = transport_field()


@mutation(description="Logs a verified person in, and gives a bearer token or sets a cookie.")
async def login(
    info: Info, input: Annotated[LoginInput, WHAT_THE_PERSON_TYPED]
) -> (
    LoginSuccess
    | CookieLoginSuccess
    | InvalidInputError
    | InvalidCredentialsError
    | EmailNotVerifiedError
    | AccountDisabledError
    | AccountDeletionPendingError
    | RateLimitedError
):
    context = info.context
    refused = refused_transport(input.transport, context)
    if refused is not None:
        return refused
    match await log_in(
        email=input.email, password=input.password, client=context.client, env=context.env
    ):
        case LoggedIn() as logged_in:
            return await success_of(logged_in, input.transport, context)
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
