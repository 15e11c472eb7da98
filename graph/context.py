"""The context of a request, which every resolver gets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import strawberry

from accounts.client import Client
from accounts.environment import Environment
from graph.execution.observer import Observer
from graph.session_cookie import SessionCookie


@dataclass(frozen=True)
class FormBranding:
    """What forms show of the deployment beside its name, the same for all tenants."""

    logo_url: str | None = None
    """Relative to the server's URL."""
    support: str | None = None
    """An email address or a URL, as people read it."""
    support_url: str | None = None


@dataclass(frozen=True)
class Context:
    """The context of one request. It must not be changed."""

    env: Environment
    client: Client
    bearer: str | None = field(repr=False)
    """The token of the request's session, whether it came as a header or in the cookie."""
    language: Callable[[], str | None]
    """Returns the language of the client's mails; None if it named none that is available."""
    timeout: float
    """Seconds that a resolver may take (CONNECTX_REQUEST_TIMEOUT)."""
    branding: FormBranding
    observer: Observer
    answer_cookie: SessionCookie | None = field(repr=False)
    """None if the answer cannot change a cookie: no page of an admitted origin asks, or the
    transport has no headers left to write."""

    @property
    def request_cookie(self) -> SessionCookie | None:
        """The cookie whose session is that of the request; None if its token came otherwise."""
        cookie = self.answer_cookie
        return cookie if cookie is not None and cookie.token is not None else None


Info: TypeAlias = strawberry.Info[Context, None]
