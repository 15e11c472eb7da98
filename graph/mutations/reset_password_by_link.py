"""`resetPasswordByLink`: a person sets a new password with the link from the mail."""

from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.recovery import reset_password as operation
from accounts.recovery.reset_password import PasswordReset
from accounts.verification.link import ExpiredLink, InvalidLink
from graph.context import Info
from graph.errors import ExpiredLinkError, InvalidInputError, InvalidLinkError, RateLimitedError
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation
from graph.mutations.reset_password import PasswordResetSuccess
from graph.types.user import User


@strawberry.input(description="The token from the link in a mail, and the new password.")
class ResetPasswordByLinkInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")
    new_password: str = strawberry.field(
        description="The new password, in the lengths that `registrationPolicy` tells."
    )


@mutation(
    description="Sets a new password with a link that was mailed for it, and ends all sessions. "
    "Each link works once, and only if the policy accepts the password.",
    ends_sessions=True,
)
async def reset_password_by_link(
    info: Info, input: Annotated[ResetPasswordByLinkInput, WHAT_THE_PERSON_TYPED]
) -> (
    PasswordResetSuccess
    | InvalidInputError
    | InvalidLinkError
    | ExpiredLinkError
    | RateLimitedError
):
    context = info.context
    match await operation.reset_password_by_link(
        token=input.token,
        new_password=input.new_password,
        client=context.client,
        env=context.env,
    ):
        case PasswordReset(user, ended_sessions):
            return PasswordResetSuccess(
                user=User.of(user, env=context.env), ended_sessions=ended_sessions
            )
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidLink():
            return InvalidLinkError()
        case ExpiredLink():
            return ExpiredLinkError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
