"""`cancelAccountDeletion`: a person keeps the account after all."""

from typing import Annotated

import strawberry

from accounts.deletion import cancel as operation
from accounts.deletion.cancel import DeletionCancelled
from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
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


@strawberry.input(description="The token from the link in the mail about the deletion.")
class CancelAccountDeletionInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")


@strawberry.type(description="The account stays, and the person can log in again.")
class AccountDeletionCancelled:
    message: str = fixed_message("Your account stays. You can log in again.")


@mutation(
    description="Cancels the deletion of an account as long as it is not due. The link works once."
)
async def cancel_account_deletion(
    info: Info, input: Annotated[CancelAccountDeletionInput, TOKEN_OF_A_LINK]
) -> (
    AccountDeletionCancelled
    | InvalidInputError
    | InvalidLinkError
    | ExpiredLinkError
    | RateLimitedError
):
    context = info.context
    match await operation.cancel_account_deletion(
        token=input.token, client=context.client, env=context.env
    ):
        case DeletionCancelled():
            return AccountDeletionCancelled()
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case InvalidLink():
            return InvalidLinkError()
        case ExpiredLink():
            return ExpiredLinkError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
