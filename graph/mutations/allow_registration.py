"""`allowRegistration`: a person wants to register after all."""

from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.registration import disown as operation
from accounts.registration.disown import RegistrationAllowed as Allowed
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


@strawberry.input(description="The token that `disownRegistration` took.")
class AllowRegistrationInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")


@strawberry.type(description="The address gets mails again. Anybody may register with it.")
class RegistrationAllowed:
    message: str = fixed_message("You get our emails again. You can register now.")


@mutation(
    description="Ends what `disownRegistration` began, with the same link, before its 30 days are "
    "over. The deleted registration does not come back."
)
async def allow_registration(
    info: Info, input: Annotated[AllowRegistrationInput, TOKEN_OF_A_LINK]
) -> (
    RegistrationAllowed | InvalidInputError | InvalidLinkError | ExpiredLinkError | RateLimitedError
):
    context = info.context
    match await operation.allow_registration(
        token=input.token, client=context.client, env=context.env
    ):
        case Allowed():
            return RegistrationAllowed()
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidLink():
            return InvalidLinkError()
        case ExpiredLink():
            return ExpiredLinkError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
