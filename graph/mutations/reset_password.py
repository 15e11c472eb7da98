"""`resetPassword`: a person sets a new password with the code from the mail."""

from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.recovery import reset_password as operation
from accounts.recovery.reset_password import PasswordReset
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


@strawberry.input(description="The code from a mail, and the new password.")
class ResetPasswordInput:
    __repr__ = object.__repr__

    email: str = strawberry.field(description="The address that the mail went to.")
    otp: str = strawberry.field(
        description="The six digits; spaces and dashes in them do not matter."
    )
    new_password: str = strawberry.field(
        description="The new password, in the lengths that `registrationPolicy` tells."
    )


@strawberry.type(description="The password is set, and the address verified. Nobody is logged in.")
class PasswordResetSuccess:
    message: str = fixed_message("Your password is changed. Log in with the new one.")
    user: User = strawberry.field(description="Whose password it is.")
    ended_sessions: int = strawberry.field(description="How many sessions were running.")


@mutation(
    description="Sets a new password with the newest code that was mailed for it, and ends all "
    "sessions. The code is used up only if the policy accepts the password.",
    ends_sessions=True,
)
async def reset_password(
    info: Info, input: Annotated[ResetPasswordInput, WHAT_THE_PERSON_TYPED]
) -> (
    PasswordResetSuccess
    | InvalidInputError
    | InvalidOtpError
    | ExpiredOtpError
    | TooManyAttemptsError
    | RateLimitedError
):
    context = info.context
    match await operation.reset_password(
        code=TypedCode(input.email, input.otp),
        new_password=input.new_password,
        client=context.client,
        env=context.env,
    ):
        case PasswordReset(user, ended_sessions):
            return PasswordResetSuccess(
                user=User.of(user, env=context.env), ended_sessions=ended_sessions
            )
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
