"""Reads the token of each request, and decides which requests may use the session cookie."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import HTTPConnection

from graph.session_cookie import SessionCookie, token_in
from graph.transport.request import RefusedError
from server.http.cors import Origins
from server.http.request_context import Credentials, bearer_in
from server.setting_types.values import SameSite


class CredentialsReader:
    """Reads the credentials of requests, from a header or from the session cookie."""

    def __init__(
        self, origins: Origins, *, same_site: SameSite, clock: Callable[[], datetime]
    ) -> None:
        self._origins = origins
        self._same_site = same_site
        self._clock = clock

    def credentials_of(self, connection: HTTPConnection) -> Credentials:
        """The credentials of the request.

        Raises RefusedError for a cookie with a second token, and for a cookie that a foreign page
        could have sent: a browser sends it with requests that the person knows nothing of.
        """
        headers = connection.scope["headers"]
        bearer = bearer_in(dict(headers))
        token = token_in(value for name, value in headers if name == b"cookie")
        may_hold = self._origins.may_hold_session(connection)
        if token is not None:
            _check(connection, bearer=bearer, may_hold=may_hold)
        if not may_hold:
            return Credentials(token or bearer)
        cookie = SessionCookie(token, same_site=self._same_site, clock=self._clock)
        return Credentials(token or bearer, cookie)


def _check(connection: HTTPConnection, *, bearer: str | None, may_hold: bool) -> None:
    if bearer is not None:
        raise RefusedError(400, "Send the session cookie or an Authorization header, not both")
    if not may_hold:
        raise RefusedError(
            403,
            "The session cookie is only for pages of this server and of CONNECTX_CORS_ORIGINS, "
            "over HTTPS: the Origin header tells them",
        )
    if connection.scope.get("method", "POST") != "POST":  # a WebSocket has none
        raise RefusedError(403, "With the session cookie, send requests by POST")
