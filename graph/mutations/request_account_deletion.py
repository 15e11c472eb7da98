"""`requestAccountDeletion`: somebody who is logged in closes the account."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import strawberry

from accounts.deletion import request as operation
from accounts.deletion.request import DeletionScheduled as Scheduled
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
from languages.text import Text

_DELETED = Text("Your account is deleted. Everybody is logged out.")


@strawberry.input(description="The password, which a thief of the session does not know.")
class RequestAccountDeletionInput:
    __repr__ = object.__repr__

    password: str = strawberry.field(description="The password of whoever is logged in.")


@strawberry.type(
    description="All sessions have ended. A mail is on its way, with a link that cancels the "
    "deletion. If the policy deletes at once, the mail only tells that the account is gone."
)
class AccountDeletionScheduled:
    message: str = fixed_message("Your account will be deleted. Everybody is logged out.")
    deletes_at: datetime = strawberry.field(
        description="When everything that names the person is deleted, within an hour."
    )


@mutation(
    description="Ends all sessions of whoever is logged in, and deletes the account after the days "
    "that the policy gives to cancel it. A wrong password counts as a failed login.",
    ends_sessions=True,
)
async def request_account_deletion(
    info: Info, input: Annotated[RequestAccountDeletionInput, WHAT_THE_PERSON_TYPED]
) -> (
    AccountDeletionScheduled
    | InvalidInputError
    | UnauthenticatedError
    | WrongPasswordError
    | RateLimitedError
):
    context = info.context
    match await operation.request_account_deletion(
        token=context.bearer, password=input.password, client=context.client, env=context.env
    ):
        case Scheduled(deletes_at, is_deleted):
            scheduled = AccountDeletionScheduled(deletes_at=deletes_at)
            return replace(scheduled, message=_DELETED) if is_deleted else scheduled
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case Unauthenticated():
            return UnauthenticatedError()
        case WrongPassword():
            return WrongPasswordError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
