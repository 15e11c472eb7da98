"""`resendVerificationByLink`: a person with an expired link asks for another one."""

from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.verification.link import InvalidLink
from accounts.verification.resend import Resent
from accounts.verification.resend_by_link import resend_by_link
from graph.context import Info
from graph.errors import InvalidInputError, InvalidLinkError, RateLimitedError
from graph.mutations.mutation import TOKEN_OF_A_LINK, mutation
from graph.mutations.resend_verification import ResendVerificationSuccess


@strawberry.input(description="The token from the link in an older verification mail.")
class ResendVerificationByLinkInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")


@mutation(
    description="Mails another code or link to the address that a link was mailed to, also if the "
    "link has expired. The answer is the same whether or not that address still waits for one."
)
async def resend_verification_by_link(
    info: Info, input: Annotated[ResendVerificationByLinkInput, TOKEN_OF_A_LINK]
) -> ResendVerificationSuccess | InvalidInputError | InvalidLinkError | RateLimitedError:
    context = info.context
    match await resend_by_link(token=input.token, client=context.client, env=context.env):
        case Resent(resend_available_at):
            return ResendVerificationSuccess(resend_available_at=resend_available_at)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidLink():
            return InvalidLinkError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
