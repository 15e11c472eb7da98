"""`confirmEmailChangeByLink`: a person confirms a change of the address with a link from a mail."""

from typing import Annotated

import strawberry

from accounts.email_change import confirm as operation
from accounts.email_change.change import EmailChanged as Changed
from accounts.email_change.change import EmailChangeHalfConfirmed as HalfConfirmed
from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.registration.register import EmailAlreadyExists
from accounts.verification.link import ExpiredLink, InvalidLink
from graph.context import Info
from graph.errors import (
    EmailAlreadyExistsError,
    ExpiredLinkError,
    InvalidInputError,
    InvalidLinkError,
    RateLimitedError,
)
from graph.mutations.confirm_email_change import EmailChanged, EmailChangeHalfConfirmed
from graph.mutations.mutation import TOKEN_OF_A_LINK, mutation
from graph.types.user import User


@strawberry.input(description="The token from the link in the mail to the new or the old address.")
class ConfirmEmailChangeByLinkInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")


@mutation(
    description="Gives a person the address that the link was mailed to. The link works once, and "
    "needs no session: the person may read the mail on another device. Under a policy whose "
    "`emailChangeConfirms` is `BOTH`, it takes the link that was mailed to the old address as "
    "well, and the first of the two is answered by `EmailChangeHalfConfirmed`."
)
async def confirm_email_change_by_link(
    info: Info, input: Annotated[ConfirmEmailChangeByLinkInput, TOKEN_OF_A_LINK]
) -> (
    EmailChanged
    | EmailChangeHalfConfirmed
    | InvalidInputError
    | InvalidLinkError
    | ExpiredLinkError
    | EmailAlreadyExistsError
    | RateLimitedError
):
    context = info.context
    match await operation.confirm_email_change_by_link(
        token=input.token, client=context.client, env=context.env
    ):
        case Changed(user):
            return EmailChanged(user=User.of(user, env=context.env))
        case HalfConfirmed() as half:
            return EmailChangeHalfConfirmed.of(half)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidLink():
            return InvalidLinkError()
        case ExpiredLink():
            return ExpiredLinkError()
        case EmailAlreadyExists():
            return EmailAlreadyExistsError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
