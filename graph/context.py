"""What a resolver gets besides its arguments."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import strawberry

from accounts.environment import Environment
from graph.execution.observer import Observer, Unobserved


@dataclass(slots=True)  # frozen, it takes three times as long to make
class Context:
    """One request's world. Nobody changes it."""

    env: Environment
    client: str
    """Who asks, as the limits count them (accounts.limits.rules)."""
    bearer: str | None = field(repr=False)
    language: Callable[[], str | None]
    """Tells in which the client's mails are to be; None: it told none that there is."""
    patience: float
    """Seconds until a resolver that waits for the database gives up."""
    observer: Observer = field(default_factory=Unobserved)


Info: TypeAlias = strawberry.Info[Context, None]
