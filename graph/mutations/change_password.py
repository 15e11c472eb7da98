"""`changePassword`: somebody who is logged in changes the password."""

from datetime import datetime
from typing import Annotated

import strawberry

from accounts.limits.rules import RateLimited
from accounts.login import change_password as operation
from accounts.login.change_password import PasswordChange, PasswordUnchanged
from accounts.login.change_password import PasswordChanged as Changed
from accounts.login.confirm_password import WrongPassword
from accounts.problems import InvalidInput
from accounts.sessions.current import Unauthenticated
from graph.context import Info
from graph.errors import (
    InvalidInputError,
    PasswordUnchangedError,
    RateLimitedError,
    UnauthenticatedError,
    WrongPasswordError,
    fixed_message,
)
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation


@strawberry.input(description="The old and the new password.")
class ChangePasswordInput:
    __repr__ = object.__repr__

    current_password: str = strawberry.field(description="The password as it is.")
    new_password: str = strawberry.field(
        description="The new password, in the lengths that `registrationPolicy` tells."
    )
    keep_other_sessions: bool = strawberry.field(
        default=False, description="Whether the person stays logged in elsewhere."
    )


@strawberry.type(description="The password is changed, and this session has a new token.")
class PasswordChanged:
    __repr__ = object.__repr__  # keeps the token out of logs

    message: str = fixed_message("Your password is changed.")
    access_token: str = strawberry.field(
        description="Takes the place of the request's token, which has ended."
    )
    expires_at: datetime = strawberry.field(description="When the token ends at the latest.")


@strawberry.type(
    description="The password is changed, and the browser has a new token of this session in its "
    "cookie."
)
class CookiePasswordChanged:
    message: str = fixed_message("Your password is changed.")
    expires_at: datetime = strawberry.field(description="When the session ends at the latest.")


@mutation(
    description="Changes the password of whoever is logged in. A wrong current password counts as "
    "a failed login. The person is told by mail."
)
async def change_password(
    info: Info, input: Annotated[ChangePasswordInput, WHAT_THE_PERSON_TYPED]
) -> (
    PasswordChanged
    | CookiePasswordChanged
    | InvalidInputError
    | UnauthenticatedError
    | WrongPasswordError
    | PasswordUnchangedError
    | RateLimitedError
):
    context = info.context
    match await operation.change_password(
        token=context.bearer,
        change=PasswordChange(
            input.current_password, input.new_password, input.keep_other_sessions
        ),
        client=context.client,
        env=context.env,
    ):
        case Changed(access_token, expires_at):
            cookie = context.request_cookie
            if cookie is None:
                return PasswordChanged(access_token=access_token, expires_at=expires_at)
            cookie.set(access_token, expires_at=expires_at)
            return CookiePasswordChanged(expires_at=expires_at)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case Unauthenticated():
            return UnauthenticatedError()
        case WrongPassword():
            return WrongPasswordError()
        case PasswordUnchanged():
            return PasswordUnchangedError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
