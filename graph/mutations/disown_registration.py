"""`disownRegistration`: a person did not register, and gets no more mails about it."""

from datetime import datetime
from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.registration import disown as operation
from accounts.registration.disown import RegistrationDisowned as Disowned
from accounts.verification.link import ExpiredLink, InvalidLink
from graph.context import Info
from graph.errors import (
    ExpiredLinkError,
    InvalidInputError,
    InvalidLinkError,
    RateLimitedError,
    fixed_message,
)
from graph.mutations.mutation import TOKEN_OF_A_LINK, mutation


@strawberry.input(description="The token of the second link in the mail of a registration.")
class DisownRegistrationInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")


@strawberry.type(
    description="The registration is deleted, and nobody holds the address. It gets no mails that "
    "anybody can request, until `mailsFrom` or `allowRegistration`."
)
class RegistrationDisowned:
    message: str = fixed_message(
        "The registration is deleted. You get no more emails from us for 30 days."
    )
    mails_from: datetime = strawberry.field(
        description="When the address gets mails again, if somebody registers with it."
    )


@mutation(
    description="Deletes a registration that somebody else has made with the person's address. "
    "The link in the mail works for seven days, and more than once. It is expired once the address "
    "is verified."
)
async def disown_registration(
    info: Info, input: Annotated[DisownRegistrationInput, TOKEN_OF_A_LINK]
) -> (
    RegistrationDisowned
    | InvalidInputError
    | InvalidLinkError
    | ExpiredLinkError
    | RateLimitedError
):
    context = info.context
    match await operation.disown_registration(
        token=input.token, client=context.client, env=context.env
    ):
        case Disowned(mails_from):
            return RegistrationDisowned(mails_from=mails_from)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidLink():
            return InvalidLinkError()
        case ExpiredLink():
            return ExpiredLinkError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
