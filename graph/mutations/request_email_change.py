"""`requestEmailChange`: somebody who is logged in wants another address."""

from typing import Annotated, Self

import strawberry

from accounts.email_change import request as operation
from accounts.email_change.request import EmailChangeRequested as Requested
from accounts.limits.rules import RateLimited
from accounts.login.confirm_password import WrongPassword
from accounts.policies.choices import EmailChangeConfirms
from accounts.problems import InvalidInput
from accounts.sessions.current import Unauthenticated
from graph.context import Info
from graph.errors import (
    InvalidInputError,
    RateLimitedError,
    UnauthenticatedError,
    WrongPasswordError,
)
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation
from graph.types.user import PendingVerification
from languages.text import Text


@strawberry.input(description="The new address, and the password.")
class RequestEmailChangeInput:
    __repr__ = object.__repr__

    new_email: str = strawberry.field(description="The address to change to.")
    password: str = strawberry.field(description="The password of whoever is logged in.")


WHAT_TO_CONFIRM = {
    EmailChangeConfirms.NEW: Text(
        "Confirm the new address with the email that is on its way to it."
    ),
    EmailChangeConfirms.BOTH: Text(
        "Two emails are on their way: confirm the new address with one, and agree to the change "
        "with the one to your old address."
    ),
}


@strawberry.type(
    description="A mail is on its way to the new address, and under a policy whose "
    "`emailChangeConfirms` is `BOTH` another one to the old address. The old one stays until all "
    "is confirmed. The answer for an address that somebody else has is the same."
)
class EmailChangeRequested:
    message: str = strawberry.field(description="What happened, for people.")
    verification: PendingVerification = strawberry.field(description="What to do next.")

    @classmethod
    def of(cls, requested: Requested) -> Self:
        return cls(
            message=WHAT_TO_CONFIRM[requested.confirms],
            verification=PendingVerification.of(requested.verification),
        )


@mutation(
    description="Mails a code or a link to a new address of whoever is logged in, and where the "
    "policy's `emailChangeConfirms` is `BOTH` a link to the old one. If somebody else has the new "
    "address, they are told by mail. A wrong password counts as a failed login."
)
async def request_email_change(
    info: Info, input: Annotated[RequestEmailChangeInput, WHAT_THE_PERSON_TYPED]
) -> (
    EmailChangeRequested
    | InvalidInputError
    | UnauthenticatedError
    | WrongPasswordError
    | RateLimitedError
):
    context = info.context
    match await operation.request_email_change(
        token=context.bearer,
        new_email=input.new_email,
        password=input.password,
        client=context.client,
        env=context.env,
    ):
        case Requested() as requested:
            return EmailChangeRequested.of(requested)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case Unauthenticated():
            return UnauthenticatedError()
        case WrongPassword():
            return WrongPasswordError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
