"""When a person chooses the first password."""

from enum import Enum

import strawberry


@strawberry.enum(description="When a person chooses the first password of their account.")
class PasswordAt(Enum):
    REGISTRATION = strawberry.enum_value(
        "REGISTRATION", description="`register` takes the password."
    )
    VERIFICATION = strawberry.enum_value(
        "VERIFICATION",
        description="`verifyEmail` and `verifyEmailByLink` take it, so that only whoever reads the "
        "mail chooses one.",
    )
