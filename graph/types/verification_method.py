"""How a person proves an address."""

from enum import Enum

import strawberry


@strawberry.enum(description="How a person proves that an email address is theirs.")
class VerificationMethod(Enum):
    OTP = strawberry.enum_value(
        "OTP", description="A six-digit code from the mail, given to `verifyEmail`."
    )
    LINK = strawberry.enum_value(
        "LINK",
        description="A link in the mail, whose token a page gives to `verifyEmailByLink`.",
    )
