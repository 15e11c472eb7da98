"""`confirmEmailChange`: a person proves the new address with the code from the mail."""

from enum import Enum
from typing import Annotated, Self

import strawberry

from accounts.email_change import change
from accounts.email_change import confirm as operation
from accounts.email_change.change import EmailChanged as Changed
from accounts.email_change.change import EmailChangeHalfConfirmed as HalfConfirmed
from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.registration.register import EmailAlreadyExists
from accounts.sessions.current import Unauthenticated
from accounts.verification.redeem import ExpiredOtp, InvalidOtp, TooManyAttempts
from graph.context import Info
from graph.errors import (
    EmailAlreadyExistsError,
    ExpiredOtpError,
    InvalidInputError,
    InvalidOtpError,
    RateLimitedError,
    TooManyAttemptsError,
    UnauthenticatedError,
    fixed_message,
)
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation
from graph.types.user import User
from languages.text import Text


@strawberry.input(description="The code from the mail to the new address.")
class ConfirmEmailChangeInput:
    __repr__ = object.__repr__

    otp: str = strawberry.field(
        description="The six digits; spaces and dashes in them do not matter."
    )


@strawberry.type(description="The person has the new address. All sessions go on.")
class EmailChanged:
    message: str = fixed_message("Your email address is changed.")
    user: User = strawberry.field(description="The person with the new address.")


@strawberry.enum(description="One of the two addresses of a change.")
class EmailChangeAddress(Enum):
    OLD = strawberry.enum_value("OLD", description="The address that the person has.")
    NEW = strawberry.enum_value("NEW", description="The address that the person wants.")


MISSING_ADDRESS = {
    change.ChangeAddress.OLD: Text(
        "The new address is confirmed. Now agree with the email that we sent to the old one."
    ),
    change.ChangeAddress.NEW: Text(
        "You have agreed. Now confirm the new address with the email that we sent to it."
    ),
}


@strawberry.type(
    description="One address has confirmed the change, under a policy whose `emailChangeConfirms` "
    "is `BOTH`. The person has the old address until the missing one confirms it as well."
)
class EmailChangeHalfConfirmed:
    message: str = strawberry.field(description="What happened, for people.")
    missing: EmailChangeAddress = strawberry.field(
        description="The address that has yet to confirm."
    )

    @classmethod
    def of(cls, half: HalfConfirmed) -> Self:
        return cls(
            message=MISSING_ADDRESS[half.missing], missing=EmailChangeAddress(half.missing.value)
        )


@mutation(
    description="Gives whoever is logged in the address that the newest code was mailed to. Both "
    "addresses are told by mail; the old one gets a link that undoes the change. If the old "
    "address has yet to agree, the answer is `EmailChangeHalfConfirmed`."
)
async def confirm_email_change(
    info: Info, input: Annotated[ConfirmEmailChangeInput, WHAT_THE_PERSON_TYPED]
) -> (
    EmailChanged
    | EmailChangeHalfConfirmed
    | InvalidInputError
    | UnauthenticatedError
    | InvalidOtpError
    | ExpiredOtpError
    | TooManyAttemptsError
    | EmailAlreadyExistsError
    | RateLimitedError
):
    context = info.context
    match await operation.confirm_email_change(
        token=context.bearer, otp=input.otp, client=context.client, env=context.env
    ):
        case Changed(user):
            return EmailChanged(user=User.of(user, env=context.env))
        case HalfConfirmed() as half:
            return EmailChangeHalfConfirmed.of(half)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case Unauthenticated():
            return UnauthenticatedError()
        case InvalidOtp(attempts_remaining):
            return InvalidOtpError(attempts_remaining=attempts_remaining)
        case ExpiredOtp():
            return ExpiredOtpError()
        case TooManyAttempts():
            return TooManyAttemptsError()
        case EmailAlreadyExists():
            return EmailAlreadyExistsError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
