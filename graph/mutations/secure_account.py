"""`secureAccount`: a person takes the account back from a stranger."""

from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.recovery import secure_account as operation
from accounts.recovery.secure_account import AccountSecured as Secured
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


@strawberry.input(description="The token from the link in a notice of a change.")
class SecureAccountInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")


@strawberry.type(
    description="All sessions have ended, the password is void, and a mail to reset it is on its "
    "way."
)
class AccountSecured:
    message: str = fixed_message(
        "Everybody is logged out. Choose a new password with the email that is on its way."
    )
    ended_sessions: int = strawberry.field(description="How many sessions were running.")


@mutation(
    description="Ends all sessions, voids the password and mails a reset, for somebody who did not "
    "make the change that a notice tells of. Each link works once, for seven days.",
    ends_sessions=True,
)
async def secure_account(
    info: Info, input: Annotated[SecureAccountInput, TOKEN_OF_A_LINK]
) -> AccountSecured | InvalidInputError | InvalidLinkError | ExpiredLinkError | RateLimitedError:
    context = info.context
    match await operation.secure_account(token=input.token, client=context.client, env=context.env):
        case Secured(ended_sessions):
            return AccountSecured(ended_sessions=ended_sessions)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidLink():
            return InvalidLinkError()
        case ExpiredLink():
            return ExpiredLinkError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
