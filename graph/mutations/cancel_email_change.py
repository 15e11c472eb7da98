"""`cancelEmailChange`: somebody who is logged in keeps the old address."""

import strawberry

from accounts.email_change import cancel as operation
from accounts.email_change.cancel import EmailChangeCancelled as Cancelled
from accounts.limits.rules import RateLimited
from accounts.sessions.current import Unauthenticated
from graph.context import Info
from graph.errors import RateLimitedError, UnauthenticatedError, fixed_message
from graph.mutations.mutation import mutation


@strawberry.type(description="No change of the address is pending, whether or not one was.")
class EmailChangeCancelled:
    message: str = fixed_message("Your email address stays as it is.")


@mutation(description="Ends the codes and links of a change of the address that is pending.")
async def cancel_email_change(
    info: Info,
) -> EmailChangeCancelled | UnauthenticatedError | RateLimitedError:
    context = info.context
    match await operation.cancel_email_change(
        token=context.bearer, client=context.client, env=context.env
    ):
        case Cancelled():
            return EmailChangeCancelled()
        case Unauthenticated():
            return UnauthenticatedError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
