"""The context of a request, which every resolver gets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import strawberry

from accounts.client import Client
from accounts.environment import Environment
from graph.execution.observer import Observer, Unobserved


@dataclass(frozen=True)
class FormBranding:
    """What forms show of the deployment beside its name, the same for all tenants."""

    logo_url: str | None = None
    """Relative to the server's URL."""
    support: str | None = None
    """An email address or a URL, as people read it."""
    support_url: str | None = None


@dataclass(slots=True)  # not frozen: a frozen one is slower to create
class Context:
    """The context of one request. It must not be changed."""

    env: Environment
    client: Client
    bearer: str | None = field(repr=False)
    language: Callable[[], str | None]
    """Returns the language of the client's mails; None if it named none that is available."""
    timeout: float
    """Seconds until a resolver that waits for the database times out."""
    branding: FormBranding = FormBranding()
    observer: Observer = field(default_factory=Unobserved)


Info: TypeAlias = strawberry.Info[Context, None]
