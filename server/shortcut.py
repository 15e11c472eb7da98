"""The shortest way to what is asked for most."""

from collections.abc import Awaitable

from starlette.types import ASGIApp, Receive, Scope, Send


class Shortcut:
    """Middleware that hands the HTTP requests for a path straight to an application.

    Starlette's router, and its layer that makes answers of exceptions, take 3 to 6 % of a GraphQL
    request, whose endpoint has no use for them.
    """

    def __init__(self, app: ASGIApp, *, path: str, to: ASGIApp) -> None:
        self._app = app
        self._path = path
        self._to = to

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        is_short = scope["type"] == "http" and scope["path"] == self._path
        return (self._to if is_short else self._app)(scope, receive, send)
