"""`resendVerification`: a person asks for another code or link."""

from datetime import datetime
from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.verification.resend import Resent, resend
from graph.context import Info
from graph.errors import InvalidInputError, RateLimitedError, fixed_message
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation, return_to_field


@strawberry.input(description="Which address wants another verification mail.")
class ResendVerificationInput:
    __repr__ = object.__repr__

    email: str = strawberry.field(description="The address that was registered.")
    return_to: str | None = return_to_field()


@strawberry.type(
    description="The request was taken. An address that has nothing to verify gets no mail."
)
class ResendVerificationSuccess:
    message: str = fixed_message("Verification email sent successfully.")
    resend_available_at: datetime = strawberry.field(
        description="From when on another mail can be asked for."
    )


@mutation(
    description="Mails another code or link to an address that waits for one. "
    "The answer is the same for every address."
)
async def resend_verification(
    info: Info, input: Annotated[ResendVerificationInput, WHAT_THE_PERSON_TYPED]
) -> ResendVerificationSuccess | InvalidInputError | RateLimitedError:
    context = info.context
    match await resend(
        email=input.email, return_to=input.return_to, client=context.client, env=context.env
    ):
        case Resent(resend_available_at):
            return ResendVerificationSuccess(resend_available_at=resend_available_at)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
