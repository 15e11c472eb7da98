"""The subscriptions of the schema."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

import strawberry
from graphql import GraphQLError

from accounts.sessions.account_subscribers import AccountEventKind as Event
from accounts.sessions.current import Unauthenticated
from accounts.sessions.events import Subscribed, events
from accounts.verification import status
from accounts.verification.status import TooManySubscriptions, UnknownVerification
from accounts.verification.status import VerificationStatus as Status
from graph.context import Info
from graph.execution.failures import first_in_time
from graph.queries import VERIFICATION_ID
from graph.types.account_event import AccountEvent, AccountEventKind
from graph.types.user import VerificationStatus


@strawberry.type(description="What a client can wait for.")
class Subscription:
    @strawberry.subscription(
        description="How a verification stands: at once, and again when it is `VERIFIED` or "
        "`EXPIRED`, with which it ends. It works wherever the person opens the mail."
    )
    async def verification_changed(
        self, info: Info, id: Annotated[strawberry.ID, VERIFICATION_ID]
    ) -> AsyncGenerator[VerificationStatus, None]:
        context = info.context
        changes = status.changes(verification_id=id, client=context.client, env=context.env)
        timely = first_in_time(changes, seconds=context.timeout)
        async with aclosing(timely):
            async for outcome in timely:
                match outcome:
                    case Status():
                        yield VerificationStatus(outcome)
                    case UnknownVerification():
                        raise _error("There is no verification with this id.", "NOT_FOUND")
                    case TooManySubscriptions():
                        raise _too_many()

    @strawberry.subscription(
        description="What happens to the account of whoever is logged in, as it happens, until the "
        "session of the request ends. Ask for `viewer` after a stream that was cut."
    )
    async def account_events(self, info: Info) -> AsyncGenerator[AccountEvent, None]:
        context = info.context
        told = events(token=context.bearer, client=context.client, env=context.env)
        timely = first_in_time(told, seconds=context.timeout)
        async with aclosing(timely):
            async for outcome in timely:
                match outcome:
                    case Subscribed():
                        pass
                    case Event():
                        yield AccountEvent(kind=AccountEventKind(outcome))
                    case Unauthenticated():
                        raise _error("Not logged in.", "UNAUTHENTICATED")
                    case TooManySubscriptions():
                        raise _too_many()


def _too_many() -> GraphQLError:
    return _error(
        "Too many subscriptions are open. Close one, or try again later.",
        "TOO_MANY_SUBSCRIPTIONS",
    )


def _error(message: str, code: str) -> GraphQLError:
    """A GraphQL error: subscriptions have no union that could contain an error type."""
    return GraphQLError(message, extensions={"code": code})
