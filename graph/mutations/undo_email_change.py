"""`undoEmailChange`: the owner of the old address brings it back."""

from typing import Annotated

import strawberry

from accounts.email_change import undo as operation
from accounts.email_change.undo import EmailChangeUndone as Undone
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
    fixed_message,
)
from graph.mutations.mutation import TOKEN_OF_A_LINK, mutation


@strawberry.input(description="The token from the link in the mail to the old address.")
class UndoEmailChangeInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")


@strawberry.type(
    description="The account has the old address again. All sessions have ended, the password is "
    "void, and a mail to reset it is on its way."
)
class EmailChangeUndone:
    message: str = fixed_message(
        "Your account has its old address again. Choose a new password with the email that is on "
        "its way."
    )


@mutation(
    description="Brings the old address back, for somebody who did not change it: ends all "
    "sessions, voids the password and mails a reset. Each link works once, for seven days.",
    ends_sessions=True,
)
async def undo_email_change(
    info: Info, input: Annotated[UndoEmailChangeInput, TOKEN_OF_A_LINK]
) -> (
    EmailChangeUndone
    | InvalidInputError
    | InvalidLinkError
    | ExpiredLinkError
    | EmailAlreadyExistsError
    | RateLimitedError
):
    context = info.context
    match await operation.undo_email_change(
        token=input.token, client=context.client, env=context.env
    ):
        case Undone():
            return EmailChangeUndone()
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
