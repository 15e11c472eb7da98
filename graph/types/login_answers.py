"""How a login answers: with a token for the client, or with a cookie for the browser."""

from datetime import datetime
from enum import Enum

import strawberry

from accounts.login.log_in import LoggedIn
from accounts.sessions.log_out import end_session
from graph.context import Context
from graph.errors import InvalidInputError
from graph.field_errors import TransportNotAllowedError
from graph.types.user import User


@strawberry.enum(description="How the client keeps the session.")
class LoginTransport(Enum):
    TOKEN = strawberry.enum_value(
        "TOKEN", description="The answer has an `accessToken`, which the client keeps and sends."
    )
    COOKIE = strawberry.enum_value(
        "COOKIE",
        description="The answer sets the cookie `__Host-connectx`, which no script can read. For "
        "pages of this server and of the origins that it allows.",
    )


def transport_field() -> LoginTransport:
    """The field `transport` of a login's input."""
    chosen: LoginTransport = strawberry.field(
        default=LoginTransport.TOKEN, description="How the client keeps the session."
    )
    return chosen


@strawberry.type(description="The person is logged in.")
class LoginSuccess:
    __repr__ = object.__repr__  # keeps the token out of logs

    access_token: str = strawberry.field(
        description="Opaque; send it as `Authorization: Bearer <accessToken>`."
    )
    expires_at: datetime = strawberry.field(description="When the token ends.")
    user: User = strawberry.field(description="Who is logged in.")


@strawberry.type(
    description="The person is logged in, and the browser has the session in a cookie. A request "
    "with the cookie is a POST of `application/json` from an origin that the server allows."
)
class CookieLoginSuccess:
    expires_at: datetime = strawberry.field(description="When the session ends at the latest.")
    user: User = strawberry.field(description="Whose session it is.")


def refused_transport(transport: LoginTransport, context: Context) -> InvalidInputError | None:
    """The answer if no cookie can be set; None if it can, or none is asked for."""
    if transport is LoginTransport.COOKIE and context.answer_cookie is None:
        return InvalidInputError(errors=[TransportNotAllowedError()])
    return None


async def success_of(
    logged_in: LoggedIn, transport: LoginTransport, context: Context
) -> LoginSuccess | CookieLoginSuccess:
    """The answer to a login; sets the cookie if the client asked for one."""
    user = User.of(logged_in.user, env=context.env)
    cookie = context.answer_cookie
    if transport is LoginTransport.TOKEN or cookie is None:
        return LoginSuccess(
            access_token=logged_in.access_token, expires_at=logged_in.expires_at, user=user
        )
    # The browser forgets the session that the new cookie replaces, so it would run on unused.
    if cookie.token is not None:
        await end_session(cookie.token, env=context.env)
    cookie.set(logged_in.access_token, expires_at=logged_in.expires_at)
    return CookieLoginSuccess(expires_at=logged_in.expires_at, user=user)
