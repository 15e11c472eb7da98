"""`requestPasswordReset`: a person has forgotten the password."""

from datetime import datetime
from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.recovery import request_reset as operation
from accounts.recovery.request_reset import PasswordResetRequested as Requested
from graph.context import Info
from graph.errors import InvalidInputError, RateLimitedError, fixed_message
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation, return_to_field


@strawberry.input(description="Which account has a forgotten password.")
class RequestPasswordResetInput:
    __repr__ = object.__repr__

    email: str = strawberry.field(description="The address that is registered.")
    return_to: str | None = return_to_field()


@strawberry.type(description="The request was taken. An address without an account gets no mail.")
class PasswordResetRequested:
    message: str = fixed_message(
        "If the address has an account, an email with a code and a link is on its way to it."
    )
    resend_available_at: datetime = strawberry.field(
        description="From when on another mail can be requested."
    )
    expires_at: datetime = strawberry.field(
        description="When the link of the mail ends. The code ends earlier, after ten minutes."
    )


@mutation(
    description="Mails a code and a link that set a new password. "
    "The answer is the same for every address."
)
async def request_password_reset(
    info: Info, input: Annotated[RequestPasswordResetInput, WHAT_THE_PERSON_TYPED]
) -> PasswordResetRequested | InvalidInputError | RateLimitedError:
    context = info.context
    match await operation.request_password_reset(
        email=input.email, return_to=input.return_to, client=context.client, env=context.env
    ):
        case Requested(resend_available_at, expires_at):
            return PasswordResetRequested(
                resend_available_at=resend_available_at, expires_at=expires_at
            )
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
