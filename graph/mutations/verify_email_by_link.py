"""`verifyEmailByLink`: a person proves an address with the link from the mail."""

from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.verification.by_link import verify_by_link
from accounts.verification.link import ExpiredLink, InvalidLink
from accounts.verification.mark_verified import Verified
from graph.context import Info
from graph.errors import ExpiredLinkError, InvalidInputError, InvalidLinkError, RateLimitedError
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation
from graph.mutations.verify_email import VerifyEmailSuccess, first_password
from graph.types.user import User


@strawberry.input(description="The token from the link in a verification mail.")
class VerifyEmailByLinkInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")
    password: str | None = first_password()


@mutation(
    description="Verifies an address with the token from a mailed link. "
    "Every link of a registration works until it expires."
)
async def verify_email_by_link(
    info: Info, input: Annotated[VerifyEmailByLinkInput, WHAT_THE_PERSON_TYPED]
) -> (
    VerifyEmailSuccess | InvalidInputError | InvalidLinkError | ExpiredLinkError | RateLimitedError
):
    context = info.context
    match await verify_by_link(
        token=input.token, password=input.password, client=context.client, env=context.env
    ):
        case Verified(user):
            return VerifyEmailSuccess(user=User.of(user, env=context.env))
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidLink():
            return InvalidLinkError()
        case ExpiredLink():
            return ExpiredLinkError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
