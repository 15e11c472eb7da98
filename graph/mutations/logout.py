"""`logout`: a person ends the session that the request came with."""

import strawberry

from accounts.limits.rules import RateLimited
from accounts.sessions.current import Unauthenticated
from accounts.sessions.log_out import LoggedOut, log_out
from graph.context import Info
from graph.errors import RateLimitedError, UnauthenticatedError, fixed_message
from graph.mutations.mutation import mutation


@strawberry.type(description="The token has ended.")
class LogoutSuccess:
    message: str = fixed_message("Logged out successfully.")


@mutation(description="Ends the session of the request.", ends_sessions=True)
async def logout(info: Info) -> LogoutSuccess | UnauthenticatedError | RateLimitedError:
    context = info.context
    match await log_out(token=context.bearer, client=context.client, env=context.env):
        case LoggedOut():
            return LogoutSuccess()
        case Unauthenticated():
            return UnauthenticatedError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
