"""`continueLogin`: the client that registered a person logs in once the address is verified."""

from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.login import continuation as operation
from accounts.login.continuation import InvalidContinuation, VerificationPending
from accounts.login.log_in import LoggedIn
from accounts.problems import InvalidInput
from graph.context import Info
from graph.errors import (
    InvalidContinuationError,
    InvalidInputError,
    RateLimitedError,
    VerificationPendingError,
)
from graph.mutations.mutation import mutation
from graph.types.login_answers import (
    CookieLoginSuccess,
    LoginSuccess,
    LoginTransport,
    refused_transport,
    success_of,
    transport_field,
)


@strawberry.input(description="What the client got when it registered the person.")
class ContinueLoginInput:
    __repr__ = object.__repr__

    continuation: str = strawberry.field(description="The token from the answer of `register`.")
    transport: LoginTransport = transport_field()


@mutation(
    description="Logs the client in that registered a person, once, after they have verified their "
    "address. It spares them typing the password again."
)
async def continue_login(
    info: Info,
    input: Annotated[ContinueLoginInput, strawberry.argument(description="The token.")],
) -> (
    LoginSuccess
    | CookieLoginSuccess
    | InvalidInputError
    | VerificationPendingError
    | InvalidContinuationError
    | RateLimitedError
):
    context = info.context
    refused = refused_transport(input.transport, context)
    if refused is not None:
        return refused
    match await operation.continue_login(
        continuation=input.continuation, client=context.client, env=context.env
    ):
        case LoggedIn() as logged_in:
            return await success_of(logged_in, input.transport, context)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case VerificationPending():
            return VerificationPendingError()
        case InvalidContinuation():
            return InvalidContinuationError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
