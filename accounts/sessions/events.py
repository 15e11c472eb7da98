"""The events of the account of somebody who is logged in, as a stream."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import TypeAlias

from accounts.client import Client
from accounts.environment import Environment
from accounts.sessions.account_subscribers import AccountEventKind
from accounts.sessions.current import Unauthenticated, current_session
from accounts.verification.status import TooManySubscriptions


@dataclass(frozen=True)
class Subscribed:
    """The subscription has begun: each later event is yielded."""


EventOutcome: TypeAlias = Subscribed | AccountEventKind | Unauthenticated | TooManySubscriptions


async def events(
    *, token: str | None, client: Client, env: Environment
) -> AsyncGenerator[EventOutcome, None]:
    """Yields Subscribed first, then each event of the account, until the token's session ends.

    Raises accounts.verification.subscribers.ClosingError when this process shuts down.
    """
    with env.subscribers.limit.slot(client.key) as admitted:
        if not admitted:
            yield TooManySubscriptions()
            return
        current = await current_session(token=token, env=env)
        if isinstance(current, Unauthenticated):
            yield current
            return
        with env.account_subscribers.subscribed(current.session_id, current.user) as subscriber:
            yield Subscribed()
            async for event in subscriber.events():
                yield event
