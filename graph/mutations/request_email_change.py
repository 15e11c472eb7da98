"""`requestEmailChange`: somebody who is logged in wants another address."""

from typing import Annotated

import strawberry

from accounts.email_change import request as operation
from accounts.email_change.request import EmailChangeRequested as Requested
from accounts.limits.rules import RateLimited
from accounts.login.confirm_password import WrongPassword
from accounts.problems import InvalidInput
from accounts.sessions.current import Unauthenticated
from graph.context import Info
from graph.errors import (
    InvalidInputError,
    RateLimitedError,
    UnauthenticatedError,
    WrongPasswordError,
    fixed_message,
)
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation
from graph.types import PendingVerification


@strawberry.input(description="The new address, and the password.")
class RequestEmailChangeInput:
    __repr__ = object.__repr__

    new_email: str = strawberry.field(description="The address to change to.")
    password: str = strawberry.field(description="The password of whoever is logged in.")


@strawberry.type(
    description="A mail is on its way to the new address. The old one stays until it is confirmed. "
    "The answer for an address that somebody else has is the same."
)
class EmailChangeRequested:
    message: str = fixed_message("Confirm the new address with the email that is on its way to it.")
    verification: PendingVerification = strawberry.field(description="What to do next.")


@mutation(
    description="Mails a code or a link to a new address of whoever is logged in. If somebody else "
    "has the address, they are told by mail. A wrong password counts as a failed login."
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
        case Requested(verification):
            return EmailChangeRequested(verification=PendingVerification.of(verification))
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case Unauthenticated():
            return UnauthenticatedError()
        case WrongPassword():
            return WrongPasswordError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
