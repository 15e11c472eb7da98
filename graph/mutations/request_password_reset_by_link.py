"""`requestPasswordResetByLink`: a person with an expired link asks for another one."""

from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.recovery import request_reset as operation
from accounts.recovery.request_reset import PasswordResetRequested as Requested
from accounts.verification.link import InvalidLink
from graph.context import Info
from graph.errors import InvalidInputError, InvalidLinkError, RateLimitedError
from graph.mutations.mutation import TOKEN_OF_A_LINK, mutation
from graph.mutations.request_password_reset import PasswordResetRequested


@strawberry.input(description="The token from the link in an older mail for a reset.")
class RequestPasswordResetByLinkInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")


@mutation(
    description="Mails another code and link to the address that a link for a reset was mailed to, "
    "also if the link has expired. A link that was used, or that another reset has ended, brings "
    "no mail. The answer is the same."
)
async def request_password_reset_by_link(
    info: Info, input: Annotated[RequestPasswordResetByLinkInput, TOKEN_OF_A_LINK]
) -> PasswordResetRequested | InvalidInputError | InvalidLinkError | RateLimitedError:
    context = info.context
    match await operation.request_password_reset_by_link(
        token=input.token, client=context.client, env=context.env
    ):
        case Requested(resend_available_at, expires_at):
            return PasswordResetRequested(
                resend_available_at=resend_available_at, expires_at=expires_at
            )
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidLink():
            return InvalidLinkError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
