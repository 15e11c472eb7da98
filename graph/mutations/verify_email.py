"""`verifyEmail`: a person proves an address with the code from the mail."""

from typing import Annotated, Any

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.verification.by_code import verify_by_code
from accounts.verification.mark_verified import Verified
from accounts.verification.redeem import ExpiredOtp, InvalidOtp, TooManyAttempts, TypedCode
from graph.context import Info
from graph.errors import (
    ExpiredOtpError,
    InvalidInputError,
    InvalidOtpError,
    RateLimitedError,
    TooManyAttemptsError,
    fixed_message,
)
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation
from graph.types.user import User


def first_password() -> Any:
    """The field of an input for the password of an account that has none yet."""
    return strawberry.field(
        default=None,
        description="The password, if the person chooses it now: where the policy's `passwordAt` "
        "is VERIFICATION. The code or link stays valid until a password is accepted.",
    )


@strawberry.input(description="The code from a verification mail.")
class VerifyEmailInput:
    __repr__ = object.__repr__

    email: str = strawberry.field(description="The address that the mail went to.")
    otp: str = strawberry.field(
        description="The six digits; spaces and dashes in them do not matter."
    )
    password: str | None = first_password()


@strawberry.type(description="The address is verified; the person can log in.")
class VerifyEmailSuccess:
    message: str = fixed_message("Email verified successfully.")
    user: User = strawberry.field(description="The verified user.")


@mutation(
    description="Verifies an address with the newest code that was mailed to it. "
    "Five wrong guesses end a code; the right code may be sent twice."
)
async def verify_email(
    info: Info, input: Annotated[VerifyEmailInput, WHAT_THE_PERSON_TYPED]
) -> (
    VerifyEmailSuccess
    | InvalidInputError
    | InvalidOtpError
    | ExpiredOtpError
    | TooManyAttemptsError
    | RateLimitedError
):
    context = info.context
    match await verify_by_code(
        code=TypedCode(input.email, input.otp),
        password=input.password,
        client=context.client,
        env=context.env,
    ):
        case Verified(user):
            return VerifyEmailSuccess(user=User.of(user, env=context.env))
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidOtp(attempts_remaining):
            return InvalidOtpError(attempts_remaining=attempts_remaining)
        case ExpiredOtp():
            return ExpiredOtpError()
        case TooManyAttempts():
            return TooManyAttemptsError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
